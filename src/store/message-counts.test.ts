import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { AccountId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admitWithin, type MessageLimits } from '../messaging/message-limits.ts';
import { addIssuers, addPerson, issue, newMessage, SYSTEM } from './testing/people.ts';

const NAMES = ['ivanov', 'petrov', 'sidorova', 'kuznetsov', 'admin'] as const;
const wide = { perHour: 100, perDay: 100 };
const WIDE: MessageLimits = { account: wide, number: wide, total: wide };

describe.each(DATABASES)('limits of messages on $name', ({ create }) => {
  /** Two nodes over one database, and five people with a certificate each and one telephone. */
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const nodes = [await database.openStore(clock), await database.openStore(clock)] as const;
    const [store] = nodes;
    const { issuing } = await addIssuers(store, clock);
    const people: { accountId: AccountId; certificateId: Awaited<ReturnType<typeof issue>>['id'] }[] = [];
    for (const name of NAMES) {
      const { id: accountId } = await addPerson(store, clock, name, newMessage(clock).to);
      const { id: certificateId } = await issue(store, clock, accountId, issuing.id, { withFile: false });
      people.push({ accountId, certificateId });
    }
    return { clock, database, nodes, people };
  }
  type Opened = Awaited<ReturnType<typeof open>>;

  /** `times` times each person asks for a message at the same moment, on both nodes. */
  async function rush({ clock, nodes, people }: Opened, limits: MessageLimits, times: number) {
    const asked = Array.from({ length: times }, (_, round) =>
      people.map(async ({ accountId, certificateId }, index) => {
        const node = nodes[(index + round) % 2] ?? nodes[0];
        const message = newMessage(clock);
        const admit = admitWithin(limits, { accountId, to: message.to }, clock.now());
        await node.enrolment.queuePassword(certificateId, { ...message, admit }, SYSTEM, clock.now());
      }),
    );
    const settled = await Promise.allSettled(asked.flat());
    const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(ProblemError);
      expect(reason).toMatchObject({ code: 'message-limit' });
    }
    return settled.length - refused.length;
  }

  test('let through as many as they say, whoever asks on which node: all together', async () => {
    const opened = await open();
    expect(await rush(opened, { ...WIDE, total: { perHour: 4, perDay: 100 } }, 4)).toBe(4);
    expect(await opened.database.execute('select id from outbox')).toHaveLength(4);
  });

  test('to one number, which several accounts have', async () => {
    const opened = await open();
    expect(await rush(opened, { ...WIDE, number: { perHour: 2, perDay: 100 } }, 1)).toBe(2);
  });

  test('to one account', async () => {
    const opened = await open();
    expect(await rush(opened, { ...WIDE, account: { perHour: 1, perDay: 100 } }, 4)).toBe(5);
  });

  test('a message that is refused takes nothing back of what waits', async () => {
    const { clock, nodes, people, database } = await open();
    const [store] = nodes;
    const [person] = people;
    if (person === undefined) throw new Error('nobody is there');
    await store.enrolment.queuePassword(person.certificateId, newMessage(clock), SYSTEM, clock.now());
    const admit = () => Promise.reject(new ProblemError('message-limit'));
    const refused = { ...newMessage(clock), admit };
    await expect(
      store.enrolment.queuePassword(person.certificateId, refused, SYSTEM, clock.now()),
    ).rejects.toMatchObject({ code: 'message-limit' });
    expect(await database.execute('select status from outbox')).toEqual([{ status: 'queued' }]);
  });
});
