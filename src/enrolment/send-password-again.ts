import type { Account } from '../accounts/account.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admitWithin, checkMessageLimits } from '../messaging/message-limits.ts';
import { certificateState, isPhoneHeld, refuseHeldPhone } from './decide-download.ts';
import { createTurns } from './in-turn.ts';
import { passwordText } from './issue-access-certificate.ts';
import { type EnrolmentDependencies, secondsAfter } from './options.ts';
import type { Enrolment } from './ports.ts';

/** The password that can still be sent, and the certificate it belongs to. */
export function findSendablePassword({ current, file }: Enrolment, now: Date) {
  if (current === undefined || file?.certificateId !== current.id || file.password === undefined)
    return undefined;
  if (now >= file.passwordExpiresAt) return undefined;
  const state = certificateState(current, now);
  if (state !== 'active' && state !== 'not-yet-valid') return undefined;
  return { certificate: current, password: file.password, expiresAt: file.passwordExpiresAt };
}

/** When «Отправить пароль ещё раз» works again; undefined when it never will for this certificate. */
export async function findResendAt(
  dependencies: Pick<EnrolmentDependencies, 'outbox' | 'options'>,
  account: Account,
  enrolment: Enrolment,
  now: Date,
): Promise<Date | undefined> {
  const sendable = findSendablePassword(enrolment, now);
  if (!sendable || account.status !== 'active' || account.phone === undefined) return undefined;
  const { outbox, options } = dependencies;
  const pauseEndsAt = enrolment.delivery
    ? secondsAfter(enrolment.delivery.queuedAt, options.resendSeconds)
    : now;
  let resendAt = pauseEndsAt > now ? pauseEndsAt : now;
  if (isPhoneHeld(account, now) && account.phoneHeldUntil > resendAt) resendAt = account.phoneHeldUntil;
  try {
    await checkMessageLimits(
      outbox,
      options.messageLimits,
      { accountId: account.id, to: account.phone },
      now,
    );
  } catch (error) {
    if (!(error instanceof ProblemError && error.code === 'message-limit')) throw error;
    const limitEndsAt = secondsAfter(now, error.retryAfterSeconds ?? options.resendSeconds);
    if (limitEndsAt > resendAt) resendAt = limitEndsAt;
  }
  return resendAt < sendable.expiresAt ? resendAt : undefined;
}

/**
 * «Отправить пароль ещё раз»: the same password, to the number that the account has now (an administrator may have
 * corrected it since).
 *
 * @throws {ProblemError} `account-not-found`, `account-blocked`, `password-gone`, `phone-missing`; `throttled` and
 *   `message-limit` with `retryAfterSeconds`
 */
export type SendPasswordAgain = (accountId: AccountId, actor: Actor) => Promise<void>;

export function createSendPasswordAgain(dependencies: EnrolmentDependencies): SendPasswordAgain {
  // So that two presses at once are not both within the limits.
  const inTurn = createTurns<AccountId>();
  return (accountId, actor) => inTurn(accountId, () => sendOnce(dependencies, accountId, actor));
}

async function sendOnce(
  { port, accounts, clock, options, onMessageQueued }: EnrolmentDependencies,
  accountId: AccountId,
  actor: Actor,
): Promise<void> {
  const account = await accounts.findAccount(accountId);
  if (account === undefined) throw new ProblemError('account-not-found');
  if (account.status !== 'active') throw new ProblemError('account-blocked');
  const enrolment = await port.readEnrolment(accountId);
  const now = clock.now();
  const sendable = findSendablePassword(enrolment, now);
  if (sendable === undefined) throw new ProblemError('password-gone');
  const { phone } = account;
  if (phone === undefined) throw new ProblemError('phone-missing');
  if (isPhoneHeld(account, now)) throw refuseHeldPhone(account.phoneHeldUntil, now);
  if (enrolment.delivery) {
    const leftMs = secondsAfter(enrolment.delivery.queuedAt, options.resendSeconds).getTime() - now.getTime();
    if (leftMs > 0) {
      throw new ProblemError('throttled', {
        detail: 'the password has just been sent',
        retryAfterSeconds: Math.ceil(leftMs / 1000),
      });
    }
  }
  const { certificate, password, expiresAt } = sendable;
  await port.queuePassword(
    certificate.id,
    {
      channel: 'sms',
      to: phone,
      text: passwordText(account, password, certificate.issuedAt, options.timeZone),
      expiresAt,
      admit: admitWithin(options.messageLimits, { accountId, to: phone }, now),
    },
    actor,
    now,
  );
  onMessageQueued?.();
}
