import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admitWithin } from '../messaging/message-limits.ts';
import { formatCodeMessage } from '../messaging/replacement-texts.ts';
import { decideReplacement, refuseReplacement } from './decide-replacement.ts';
import { createTurns } from './in-turn.ts';
import { formatCode, hashCode, makeCode } from './one-time-code.ts';
import { type EnrolmentDependencies, secondsAfter } from './options.ts';

const CODE_SECONDS = 600;
const CODE_TRIES = 5;

export interface SentCode {
  readonly phone: PhoneNumber;
  readonly expiresAt: Date;
  /** Before it, asking again gives the same code, which is not sent again. */
  readonly resendAt: Date;
}

/**
 * Sends the account's telephone a code that replaces the current certificate in this session, where that certificate
 * was not presented. Asked again within a minute it leaves the code as it is, so that a reloaded page goes on.
 *
 * @throws {ProblemError} `account-not-found`, `account-blocked`, `certificate-state`, `download-not-allowed`,
 *   `phone-missing`; `message-limit` also where the password could not follow
 */
export type SendReplacementCode = (
  accountId: AccountId,
  sessionId: SessionId,
  actor: Actor,
) => Promise<SentCode>;

export function createSendReplacementCode(dependencies: EnrolmentDependencies): SendReplacementCode {
  const inTurn = createTurns<AccountId>();
  return (accountId, sessionId, actor) =>
    inTurn(accountId, () => sendOnce(dependencies, accountId, sessionId, actor));
}

async function sendOnce(
  { port, accounts, clock, random, options, onMessageQueued }: EnrolmentDependencies,
  accountId: AccountId,
  sessionId: SessionId,
  actor: Actor,
): Promise<SentCode> {
  const account = await accounts.findAccount(accountId);
  if (account === undefined) throw new ProblemError('account-not-found');
  const enrolment = await port.readEnrolment(accountId);
  const { passwordDelivery, messageLimits, resendSeconds } = options;
  const now = clock.now();
  const decided = decideReplacement({ account, enrolment, passwordDelivery, now });
  if (decided.kind === 'not-possible') throw refuseReplacement(decided);
  const { certificate, phone } = decided;
  const sent = await port.findReplacementCode(sessionId, now);
  if (sent !== undefined && sent.certificateId === certificate.id && sent.phone === phone) {
    const resendAt = secondsAfter(sent.sentAt, resendSeconds);
    if (now < resendAt) return { phone, expiresAt: sent.expiresAt, resendAt };
  }
  const code = makeCode(random);
  const expiresAt = secondsAfter(now, CODE_SECONDS);
  await port.storeReplacementCode({
    sessionId,
    accountId,
    certificateId: certificate.id,
    codeHash: hashCode('replace-certificate', { accountId, certificateId: certificate.id, code }),
    tries: CODE_TRIES,
    message: {
      channel: 'sms',
      to: phone,
      text: formatCodeMessage({ login: account.login, code: formatCode(code), locale: account.locale }),
      expiresAt,
      // The message with the password comes after it.
      admit: admitWithin(messageLimits, { accountId, to: phone, following: 1 }, now),
    },
    actor,
    now,
  });
  onMessageQueued?.();
  return { phone, expiresAt, resendAt: secondsAfter(now, resendSeconds) };
}
