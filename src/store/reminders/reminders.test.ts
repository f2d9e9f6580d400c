import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import type { EmailAddress } from '../../kernel/brand.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { OutgoingMail, OutgoingSms } from '../../messaging/ports.ts';
import type { ExpiringThing } from '../../reminders/ports.ts';
import { addIssuers, addPerson, DAY_SECONDS, issue, later, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('reminders on $name', ({ create }) => {
  /** ivanov's certificate ends in ten days, petrov's in a year. */
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const { issuing } = await addIssuers(store, clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const petrov = await addPerson(store, clock, 'petrov');
    const certificate = await issue(store, clock, ivanov.id, issuing.id, {
      validitySeconds: 10 * DAY_SECONDS,
      withFile: false,
    });
    await issue(store, clock, petrov.id, issuing.id, { withFile: false });
    const listDue = (thresholdDays = 14, afterDays = 7) =>
      store.reminders.listDue({
        kind: 'access-certificate',
        thresholdDays,
        after: later(clock, afterDays * DAY_SECONDS),
        through: later(clock, thresholdDays * DAY_SECONDS),
        afterId: undefined,
        limit: 100,
      });
    const thing = { kind: 'access-certificate', id: certificate.id, accountId: ivanov.id } as const;
    const reminder = (
      more: { thresholdDays?: number; passedDays?: number[]; messages?: Message[] } = {},
    ) => ({
      thing: { ...thing, notAfter: certificate.notAfter },
      thresholdDays: 14,
      passedDays: [],
      messages: [],
      ...more,
      now: clock.now(),
    });
    const mail = (): OutgoingMail => ({
      channel: 'email',
      to: 'ivanov@company.example' as EmailAddress,
      subject: 'Сертификат ivanov истекает',
      text: 'Замените его',
      expiresAt: later(clock, DAY_SECONDS),
    });
    const replace = () => issue(store, clock, ivanov.id, issuing.id, { withFile: false });
    return {
      clock,
      database,
      store,
      port: store.reminders,
      ivanov,
      petrov,
      certificate,
      listDue,
      reminder,
      mail,
      replace,
    };
  }
  type Message = OutgoingMail | OutgoingSms;

  test('what ends between two days is due, with whom to tell', async () => {
    const { listDue, ivanov, certificate } = await open();
    const expected: ExpiringThing = {
      kind: 'access-certificate',
      id: certificate.id,
      accountId: ivanov.id,
      issuedAt: certificate.issuedAt,
      notAfter: certificate.notAfter,
      owner: { login: ivanov.login, locale: 'ru', phone: ivanov.phone, email: ivanov.email },
    };
    expect(await listDue(14, 7)).toEqual([expected]);
    expect(await listDue(7, 3)).toEqual([]);
    expect(await listDue(14, 10)).toEqual([]);
    expect(await listDue(10, 7)).toEqual([expected]);
  });

  test('is recorded once, also by two nodes at the same moment', async () => {
    const { database, clock, port, reminder, listDue, store, mail } = await open();
    const other = await database.openStore(clock);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 === 0 ? port : other.reminders).recordReminder(reminder({ messages: [mail()] })),
      ),
    );
    expect(outcomes.toSorted()).toEqual(['already', 'already', 'already', 'already', 'already', 'recorded']);
    expect(await listDue()).toEqual([]);
    expect(await store.outbox.claimDueMessages(clock.now(), 10, 60)).toHaveLength(1);
    expect(await store.audit.listEvents({ limit: 10, type: 'reminder-sent' })).toHaveLength(1);
  });

  test('an e-mail is queued whole, and the journal says what was done', async () => {
    const { clock, port, reminder, store, mail, ivanov, certificate } = await open();
    await port.recordReminder(reminder({ thresholdDays: 7, passedDays: [30, 14], messages: [mail()] }));
    const [claimed] = await store.outbox.claimDueMessages(clock.now(), 10, 60);
    expect(claimed).toMatchObject({ ...mail(), accountId: ivanov.id, attempts: 0 });
    const [entry] = await store.audit.listEvents({ limit: 1 });
    expect(entry).toMatchObject({
      actor: SYSTEM,
      event: {
        type: 'reminder-sent',
        accountId: ivanov.id,
        subject: { kind: 'access-certificate', id: certificate.id },
        thresholdDays: 7,
        passedOverDays: [30, 14],
        channels: ['email'],
      },
    });
  });

  test('a threshold that was passed over is never told of afterwards, one that comes is', async () => {
    const { port, reminder, listDue } = await open();
    await port.recordReminder(reminder({ thresholdDays: 14, passedDays: [30] }));
    expect(await port.recordReminder(reminder({ thresholdDays: 30 }))).toBe('already');
    expect(await listDue(30, 7)).toEqual([]);
    expect(await port.recordReminder(reminder({ thresholdDays: 7, passedDays: [30, 14] }))).toBe('recorded');
  });

  test.each([
    ['replaced', ({ replace }: Opened) => replace()],
    [
      'revoked',
      ({ store, certificate, clock }: Opened) =>
        store.enrolment.revokeCertificate({
          certificateId: certificate.id,
          reason: 'keyCompromise',
          comment: undefined,
          actor: SYSTEM,
          now: clock.now(),
        }),
    ],
    [
      'of a blocked account',
      ({ store, ivanov, clock }: Opened) =>
        store.accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now()),
    ],
  ])('nothing is due for a certificate that is %s, nor recorded', async (_name, change) => {
    const opened = await open();
    await change(opened);
    expect(await opened.listDue()).toEqual([]);
    expect(await opened.port.recordReminder(opened.reminder())).toBe('not-any-more');
  });
  type Opened = Awaited<ReturnType<typeof open>>;

  test('the pages show it from then on, until it is replaced, and nobody else’s', async () => {
    const { clock, port, reminder, ivanov, petrov, certificate, replace } = await open();
    expect(await port.listNotices(ivanov.id, clock.now())).toEqual([]);
    await port.recordReminder(reminder());
    await port.recordReminder(reminder({ thresholdDays: 7 }));
    expect(await port.listNotices(ivanov.id, clock.now())).toMatchObject([
      { kind: 'access-certificate', id: certificate.id, notAfter: certificate.notAfter },
    ]);
    expect(await port.listNotices(petrov.id, clock.now())).toEqual([]);
    await replace();
    expect(await port.listNotices(ivanov.id, clock.now())).toEqual([]);
  });

  test('the pages show nothing of what has ended, and the rows go away later', async () => {
    const { clock, port, reminder, ivanov, store, database } = await open();
    await port.recordReminder(reminder());
    clock.advance(10 * DAY_SECONDS);
    expect(await port.listNotices(ivanov.id, clock.now())).toEqual([]);
    await store.purge(clock.now());
    expect(await database.execute('select * from notices')).toEqual([]);
    expect(await database.execute('select * from reminders')).toHaveLength(1);
    clock.advance(31 * DAY_SECONDS);
    await store.purge(clock.now());
    expect(await database.execute('select * from reminders')).toEqual([]);
  });

  test('a reminder that was not sent yet is taken back when the certificate is replaced', async () => {
    const { clock, port, reminder, store, mail, replace, database } = await open();
    await port.recordReminder(reminder({ messages: [mail()] }));
    await replace();
    expect(await store.outbox.claimDueMessages(clock.now(), 10, 60)).toEqual([]);
    expect(await database.execute('select status, text_sealed from outbox')).toEqual([
      { status: 'replaced', text_sealed: null },
    ]);
  });

  test('a limit that is reached undoes all of it', async () => {
    const { clock, port, reminder, listDue, mail, database, ivanov } = await open();
    const sms: OutgoingSms = {
      channel: 'sms',
      to: ivanov.phone as PhoneNumber,
      text: 'Замените его',
      expiresAt: later(clock, DAY_SECONDS),
      admit: () => Promise.reject(new ProblemError('message-limit')),
    };
    const recording = port.recordReminder(reminder({ messages: [mail(), sms] }));
    await expect(recording).rejects.toMatchObject({ code: 'message-limit' });
    expect(await listDue()).toHaveLength(1);
    expect(await database.execute('select * from outbox')).toEqual([]);
    expect(await port.listNotices(ivanov.id, clock.now())).toEqual([]);
  });

  test('what is due is read a page at a time', async () => {
    const { clock, store, certificate } = await open();
    const { issuing } = { issuing: (await store.enrolment.getActiveIssuer()).id };
    const sidorova = await addPerson(store, clock, 'sidorova');
    const second = await issue(store, clock, sidorova.id, issuing, {
      validitySeconds: 9 * DAY_SECONDS,
      withFile: false,
    });
    const read = (afterId: string | undefined) =>
      store.reminders.listDue({
        kind: 'access-certificate',
        thresholdDays: 14,
        after: later(clock, 7 * DAY_SECONDS),
        through: later(clock, 14 * DAY_SECONDS),
        afterId,
        limit: 1,
      });
    const [first] = await read(undefined);
    const [next] = await read(first?.id);
    expect([first?.id, next?.id]).toEqual([certificate.id, second.id].toSorted());
    expect(await read(next?.id)).toEqual([]);
  });
});
