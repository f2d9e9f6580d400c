import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import {
  addPerson,
  intend,
  issue,
  later,
  newCertificate,
  newFile,
  newMessage,
  newSerialNumber,
  SYSTEM,
} from '../testing/people.ts';

const NEW = '+79990000000' as PhoneNumber;
const MACHINE = { kind: 'command-line' } as const;

describe.each(DATABASES)('a number changed on the machine itself, on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov } = lab;
    const change = (phone: PhoneNumber | undefined = NEW) =>
      store.accountAdministration.changePhone({
        id: ivanov.id,
        phone,
        actor: MACHINE,
        now: clock.now(),
        holdSeconds: 86_400,
        notices: (before) =>
          before.phone === undefined
            ? []
            : [
                {
                  channel: 'sms',
                  to: before.phone,
                  text: 'changed',
                  expiresAt: later(clock, 3_600),
                  admit: 'always',
                },
              ],
      });
    return { ...lab, change };
  }

  test('is held, told to the former one, and may be confirmed by any administrator', async () => {
    const { store, clock, change, ivanov } = await open();
    const changed = await change();
    expect(changed).toMatchObject({ phone: NEW, phoneHeldUntil: later(clock, 86_400) });
    const told = await store.outbox.claimDueMessages(clock.now(), 10, 60);
    expect(told).toMatchObject([{ to: ivanov.phone, text: 'changed' }]);
    const admin = await addPerson(store, clock, 'admin');
    const confirmed = await store.accountAdministration.confirmPhone({
      id: ivanov.id,
      revision: changed.revision,
      actor: { kind: 'account', accountId: admin.id },
      now: clock.now(),
    });
    expect(confirmed.phoneHeldUntil).toBeUndefined();
  });

  test('that is the same one changes nothing', async () => {
    const { store, change, ivanov } = await open();
    const { auditSequence } = await store.health();
    expect(await change(ivanov.phone)).toEqual(ivanov);
    expect((await store.health()).auditSequence).toBe(auditSequence);
  });

  test('gets nothing of what was begun before it was changed', async () => {
    const { store, clock, change, ivanov, issuing, enrolment } = await open();
    const serialNumber = newSerialNumber();
    await intend(store, clock, ivanov.id, issuing.id, serialNumber);
    await change();
    const certificate = newCertificate(clock, ivanov.id, issuing.id, serialNumber);
    const record = (to: PhoneNumber) =>
      enrolment.recordIssued({
        certificate,
        expectedCurrentId: undefined,
        file: newFile(clock),
        message: { ...newMessage(clock), to },
        replacement: undefined,
        actor: SYSTEM,
        now: clock.now(),
      });
    await expect(record(NEW)).rejects.toMatchObject({ code: 'phone-held', retryAfterSeconds: 86_400 });
    expect(await enrolment.listCertificates({ accountId: ivanov.id, limit: 5 })).toEqual([]);
    clock.advance(86_400);
    // To the former number neither: it is somebody else's now.
    await expect(record(ivanov.phone ?? NEW)).rejects.toMatchObject({ code: 'certificate-state' });
  });

  test('is not sent the password of a file again', async () => {
    const { store, clock, change, ivanov, issuing, enrolment } = await open();
    const { id } = await issue(store, clock, ivanov.id, issuing.id);
    await change();
    await expect(
      enrolment.queuePassword(id, { ...newMessage(clock), to: NEW }, SYSTEM, clock.now()),
    ).rejects.toMatchObject({ code: 'phone-held' });
  });
});
