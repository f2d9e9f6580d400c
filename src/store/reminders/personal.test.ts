import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { makeCertificate } from '../../pki/validation/testing/test-pki.ts';
import { describeParsed } from '../../workspace/stores/describe-certificate.ts';
import { addPerson, DAY_SECONDS, later, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('reminders of personal certificates on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const store = await (await create()).openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const put = async (days: number, place: 'personal' | 'others', name = 'CN=Иванов') => {
      const { certificate } = makeCertificate(name, {
        issuer: makeCertificate('CN=Issuer'),
        notBefore: later(clock, -DAY_SECONDS),
        notAfter: later(clock, days * DAY_SECONDS),
      });
      await store.workspace.addToWorkspace({
        accountId: ivanov.id,
        actor: SYSTEM,
        now: clock.now(),
        certificates: [
          {
            certificate: describeParsed(certificate),
            store: place,
            hasKeyElsewhere: true,
            source: 'file',
            detail: '',
          },
        ],
        lists: [],
      });
      return certificate.sha256Fingerprint;
    };
    const listDue = () =>
      store.reminders.listDue({
        kind: 'workspace-certificate',
        thresholdDays: 30,
        after: later(clock, 14 * DAY_SECONDS),
        through: later(clock, 30 * DAY_SECONDS),
        afterId: undefined,
        limit: 100,
      });
    return { store, clock, ivanov, put, listDue };
  }

  test('one that ends soon is due once; others’ are not, nor what has a successor', async () => {
    const { store, clock, ivanov, put, listDue } = await open();
    const mine = await put(20, 'personal');
    await put(20, 'others', 'CN=Петров');
    const [due, ...more] = await listDue();
    expect(more).toEqual([]);
    expect(due).toMatchObject({
      id: `${mine}.${ivanov.id}`,
      accountId: ivanov.id,
      issuedAt: later(clock, -DAY_SECONDS),
    });
    if (due === undefined) return;
    const record = () =>
      store.reminders.recordReminder({
        thing: due,
        thresholdDays: 30,
        passedDays: [60],
        messages: [],
        now: clock.now(),
      });
    expect(await record()).toBe('recorded');
    expect(await record()).toBe('already');
    expect(await listDue()).toEqual([]);
    expect(await store.reminders.listNotices(ivanov.id, clock.now())).toMatchObject([
      { kind: 'workspace-certificate', isRead: false },
    ]);
    await store.notifications.markRead(ivanov.id, [due.id], clock.now());
    expect(await store.reminders.listNotices(ivanov.id, clock.now())).toMatchObject([{ isRead: true }]);
    await put(400, 'personal');
    expect(await listDue()).toEqual([]);
  });

  test('one that was removed is not spoken of any more', async () => {
    const { store, clock, ivanov, put, listDue } = await open();
    const mine = await put(20, 'personal');
    const [due] = await listDue();
    await store.workspace.removeFromWorkspace({
      accountId: ivanov.id,
      actor: SYSTEM,
      now: clock.now(),
      sha256s: [mine],
    });
    expect(await listDue()).toEqual([]);
    if (due === undefined) throw new Error('it was due');
    const reminder = { thing: due, thresholdDays: 30, passedDays: [], messages: [], now: clock.now() };
    expect(await store.reminders.recordReminder(reminder)).toBe('not-any-more');
  });
});
