import { describe, expect, test } from 'vitest';
import { createTestEnrolment, enrolPerson, takeMessages } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';

const machine: Actor = { kind: 'command-line' };
const HOUR = 3600;

async function openIssued() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const account = await enrolPerson(store, clock, 'ivanov');
  const { service } = await createTestEnrolment(store, clock);
  const actor: Actor = { kind: 'account', accountId: account.id };
  await service.issue(account.id, actor);
  const { file } = await service.openFile(account.id, 'modern', actor);
  const [first] = await takeMessages(store, clock);
  return {
    clock,
    store,
    account,
    file,
    password: first?.password ?? '',
    again: () => service.sendPasswordAgain(account.id, actor),
    status: () => service.readStatus(account.id),
    messages: () => takeMessages(store, clock),
  };
}

describe('«Отправить пароль ещё раз»', () => {
  test('sends the same password', async () => {
    const { clock, again, messages, password, file } = await openIssued();
    clock.advance(60);
    await again();
    const [message] = await messages();
    expect(message?.password).toBe(password);
    expect(openPkcs12(file, message?.password ?? '').certificates).toHaveLength(2);
  });

  test('works after the file is gone, for a day', async () => {
    const { clock, store, again, messages, password, status } = await openIssued();
    clock.advance(23 * HOUR);
    await store.enrolment.wipeExpiredFiles(clock.now());
    await again();
    expect((await messages())[0]?.password).toBe(password);
    clock.advance(HOUR);
    expect((await status()).resendAt).toBeUndefined();
    await expect(again()).rejects.toMatchObject({ code: 'password-gone', status: 410 });
    await store.enrolment.wipeExpiredFiles(clock.now());
    expect((await status()).enrolment.file).toMatchObject({ password: undefined });
    await expect(again()).rejects.toMatchObject({ code: 'password-gone' });
  });

  test('waits a minute between two messages, and says so before', async () => {
    const { clock, again, status, messages } = await openIssued();
    const start = clock.now();
    clock.advance(20);
    expect((await status()).resendAt).toEqual(new Date(start.getTime() + 60_000));
    await expect(again()).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 40 });
    clock.advance(40);
    expect((await status()).resendAt).toEqual(clock.now());
    await again();
    await expect(again()).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 60 });
    expect(await messages()).toHaveLength(1);
  });

  test('pressed ten times at once sends one message', async () => {
    const { clock, again, messages } = await openIssued();
    clock.advance(60);
    const results = await Promise.allSettled(Array.from({ length: 10 }, again));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });

  test('is limited by the hour, and says when it works again', async () => {
    const { clock, again, status } = await openIssued();
    for (let message = 1; message < 5; message++) {
      clock.advance(60);
      await again();
    }
    clock.advance(60);
    await expect(again()).rejects.toMatchObject({ code: 'message-limit', status: 429 });
    const { resendAt } = await status();
    const waitSeconds = ((resendAt?.getTime() ?? 0) - clock.now().getTime()) / 1000;
    expect(waitSeconds).toBeGreaterThan(HOUR - 360);
    expect(waitSeconds).toBeLessThanOrEqual(HOUR);
    clock.advance(waitSeconds);
    await expect(again()).resolves.toBeUndefined();
  });

  test('goes to the number that an administrator has corrected meanwhile', async () => {
    const { clock, store, account, again, messages, password, status } = await openIssued();
    clock.advance(300);
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: '+79161234799' as PhoneNumber,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    await again();
    expect(await messages()).toMatchObject([{ to: '+79161234799', password }]);
    expect((await status()).enrolment.delivery).toMatchObject({ phone: '+79161234799', status: 'delivered' });
  });

  test('is over where the account has no number any more', async () => {
    const { clock, store, account, again, status } = await openIssued();
    clock.advance(300);
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: undefined,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    await expect(again()).rejects.toMatchObject({ code: 'phone-missing' });
    expect((await status()).resendAt).toBeUndefined();
  });

  test('is over after a revocation', async () => {
    const { clock, store, again, status } = await openIssued();
    clock.advance(300);
    const certificateId = (await status()).enrolment.current?.id ?? expect.fail();
    const input = { certificateId, comment: undefined, actor: machine, now: clock.now() };
    await store.enrolment.revokeCertificate({ ...input, reason: 'keyCompromise' });
    await expect(again()).rejects.toMatchObject({ code: 'password-gone' });
  });

  test('is refused to a blocked account', async () => {
    const { clock, store, account, again } = await openIssued();
    clock.advance(300);
    await store.accounts.setAccountStatus(account.id, 'blocked', machine, clock.now());
    await expect(again()).rejects.toMatchObject({ code: 'account-blocked' });
  });

  test('replaces a message that is still being tried, and follows a failure', async () => {
    const { clock, store, again, status } = await openIssued();
    clock.advance(60);
    await again();
    const [first] = await store.outbox.claimDueMessages(clock.now(), 5, 60);
    const retryAt = new Date(clock.now().getTime() + 300_000);
    await store.outbox.recordRetry(first?.id ?? expect.fail(), 'unreachable', retryAt, clock.now());
    expect((await status()).enrolment.delivery).toMatchObject({
      status: 'retrying',
      failureCategory: 'unreachable',
    });
    clock.advance(60);
    await again();
    const waiting = await store.outbox.claimDueMessages(clock.now(), 5, 60);
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.id).not.toBe(first?.id);
    await store.outbox.recordFailed(waiting[0]?.id ?? expect.fail(), 'number-refused', clock.now());
    expect((await status()).enrolment.delivery).toMatchObject({
      status: 'failed',
      failureCategory: 'number-refused',
    });
    clock.advance(60);
    await again();
    expect((await status()).enrolment.delivery?.status).toBe('queued');
    clock.advance(400);
    // The replaced one never comes back.
    expect(await store.outbox.claimDueMessages(clock.now(), 5, 60)).toHaveLength(1);
  });
});
