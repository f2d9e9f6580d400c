import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../accounts/account.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import { checkMessageLimits } from '../messaging/message-limits.ts';
import type { OutgoingMail, OutgoingSms } from '../messaging/ports.ts';
import { formatReplacedMail, formatReplacedMessage } from '../messaging/replacement-texts.ts';
import { decideDownload } from './decide-download.ts';
import { decideReplacement, findFormer, refuseReplacement } from './decide-replacement.ts';
import { BUSY_POLL_MS, BUSY_WAIT_MS, INTENT_LEASE_SECONDS, issueOnce } from './issue-access-certificate.ts';
import { hashCode, parseCode } from './one-time-code.ts';
import { type EnrolmentDependencies, secondsAfter } from './options.ts';
import type { AccessCertificate, Enrolment, ReplacementProof } from './ports.ts';

/** The owner is told also where the telephone is off until tomorrow. */
const NOTICE_SECONDS = 86_400;

export interface ReplacementRequest {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  /** As it was typed in; undefined where none was. */
  readonly code: string | undefined;
  readonly actor: Actor;
}

class CheckedReplacement {
  readonly #account: Account;
  readonly #former: AccessCertificate;
  readonly #proof: ReplacementProof;

  constructor(account: Account, former: AccessCertificate, proof: ReplacementProof) {
    this.#account = account;
    this.#former = former;
    this.#proof = proof;
    Object.freeze(this);
  }

  /** For {@link replace} alone: a look-alike is a mistake of the program, not of its user. */
  static open(permit: CheckedReplacement) {
    if (!(#proof in permit)) throw new TypeError('a replacement is prepared first');
    return { account: permit.#account, former: permit.#former, proof: permit.#proof };
  }
}

/** Made by {@link prepareReplacement} alone, to be used at once; what it rests on is checked once more when it is recorded. */
export type ReplacementPermit = CheckedReplacement;

/**
 * «Заменить сертификат»: a new certificate is issued, and the one before it is invalid at that very moment. Whoever
 * asks again within ten minutes, as a second press or another tab does, gets what the first one issued.
 *
 * @throws {ProblemError} `replacement-code-required`, `replacement-code-wrong` (with `triesLeft`); `account-not-found`,
 *   `account-blocked`, `certificate-state` (nothing valid to replace), `download-not-allowed`, `phone-missing`,
 *   `message-limit`, `issuer-unavailable`, `throttled` (another issuance does not end)
 */
export type ReplaceCertificate = (request: ReplacementRequest) => Promise<'issued' | 'again'>;

export function createReplaceCertificate(dependencies: EnrolmentDependencies): ReplaceCertificate {
  return async (request) => {
    const deadline = performance.now() + BUSY_WAIT_MS;
    for (;;) {
      const permit = await prepareReplacement(dependencies, request);
      if (permit === 'again') return 'again';
      const result = await replace(dependencies, permit, request.actor);
      if (result === 'issued') return 'issued';
      if (performance.now() > deadline) {
        throw new ProblemError('throttled', {
          detail: 'another certificate for this account is being issued',
          retryAfterSeconds: INTENT_LEASE_SECONDS,
        });
      }
      await sleep(BUSY_POLL_MS);
    }
  };
}

/**
 * Checks everything before anything is made: the account, its certificate, room for the messages, and the proof.
 *
 * @returns `again` where a replacement has just been issued, and nothing proves that one more is meant
 */
export async function prepareReplacement(
  dependencies: EnrolmentDependencies,
  { accountId, sessionId, code, actor }: ReplacementRequest,
): Promise<ReplacementPermit | 'again'> {
  const { port, accounts, outbox, clock, options } = dependencies;
  const account = await accounts.findAccount(accountId);
  if (account === undefined) throw new ProblemError('account-not-found');
  const enrolment = await port.readEnrolment(accountId);
  const { passwordDelivery, messageLimits } = options;
  const now = clock.now();
  const decided = decideReplacement({ account, enrolment, passwordDelivery, now });
  if (decided.kind === 'not-possible') throw refuseReplacement(decided);
  const { certificate, phone } = decided;
  const limits = () => checkMessageLimits(outbox, messageLimits, { accountId, to: phone }, now);

  if (await port.wasPermitted(sessionId, certificate.id)) {
    await limits();
    return new CheckedReplacement(account, certificate, { kind: 'certificate' });
  }
  const sent = await port.findReplacementCode(sessionId, now);
  if (sent?.certificateId !== certificate.id && (await wasJustReplaced(dependencies, account, enrolment))) {
    return 'again';
  }
  if (code === undefined || sent?.certificateId !== certificate.id) {
    throw new ProblemError('replacement-code-required');
  }
  await limits();
  const digits = parseCode(code);
  if (digits === undefined) throw new ProblemError('replacement-code-wrong', { triesLeft: sent.triesLeft });
  const codeHash = hashCode('replace-certificate', {
    accountId,
    certificateId: certificate.id,
    code: digits,
  });
  const check = await port.checkReplacementCode({
    sessionId,
    certificateId: certificate.id,
    codeHash,
    actor,
    now,
  });
  if (check.kind === 'none') throw new ProblemError('replacement-code-required');
  if (check.kind === 'wrong') {
    throw new ProblemError('replacement-code-wrong', { triesLeft: check.triesLeft });
  }
  // Not counted against the limits: nobody may keep the owner from being told by using them up.
  const notices = tellOwner(account, phone, options, now);
  return new CheckedReplacement(account, certificate, { kind: 'code', sessionId, codeHash, notices });
}

/** By telephone and, where an address is known, by e-mail: whoever has the telephone may not be its owner. */
function tellOwner(
  { login, locale, email }: Account,
  phone: PhoneNumber,
  { mail, productName, timeZone }: EnrolmentDependencies['options'],
  now: Date,
): (OutgoingMail | OutgoingSms)[] {
  const expiresAt = secondsAfter(now, NOTICE_SECONDS);
  const text = formatReplacedMessage({ login, locale });
  const sms: OutgoingSms = { channel: 'sms', to: phone, text, expiresAt, admit: 'always' };
  if (mail === 'none' || email === undefined) return [sms];
  const letter = formatReplacedMail({ login, locale, productName, at: now, timeZone });
  return [sms, { channel: 'email', to: email, ...letter, expiresAt }];
}

/** @returns `busy` where somebody else issues for the account, or what was prepared is not so any more */
export async function replace(
  dependencies: EnrolmentDependencies,
  permit: ReplacementPermit,
  actor: Actor,
): Promise<'issued' | 'busy'> {
  const { account, former, proof } = CheckedReplacement.open(permit);
  const { phone } = account;
  if (phone === undefined) throw new ProblemError('phone-missing');
  const result = await issueOnce(dependencies, {
    account,
    expectedCurrentId: former.id,
    actor,
    deliver: { to: phone },
    replacement: proof,
  });
  if (result.kind === 'issued') dependencies.onMessageQueued?.();
  return result.kind;
}

async function wasJustReplaced(
  { port, clock, options }: EnrolmentDependencies,
  account: Account,
  enrolment: Enrolment,
): Promise<boolean> {
  const { passwordDelivery } = options;
  const download = decideDownload({ account, enrolment, passwordDelivery, now: clock.now() });
  if (download.kind !== 'again') return false;
  const newest = await port.listCertificates({ accountId: account.id, limit: NEWEST });
  return findFormer(enrolment.current, newest) !== undefined;
}

/** The current one and the one before it; more, where several were issued at the same millisecond. */
export const NEWEST = 4;
