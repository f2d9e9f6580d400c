import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PasswordHasher } from '../../accounts/password-hash.ts';
import { checkNewPassword } from '../../accounts/password-policy.ts';
import type { ThrottlePort } from '../../accounts/ports.ts';
import { createThrottle, type ThrottleWindow } from '../../accounts/throttle.ts';
import { formatCode, parseCode } from '../../enrolment/one-time-code.ts';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import { maskPhoneNumber } from '../../kernel/phone-number.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { admitWithin, type MessageLimits } from '../../messaging/message-limits.ts';
import type { OutgoingMail, OutgoingSms } from '../../messaging/ports.ts';
import {
  formatRecoveredMail,
  formatRecoveredMessage,
  formatRecoveryCodeMessage,
} from '../../messaging/recovery-texts.ts';
import type { RecoverableAccount, RecoveryPort } from './ports.ts';

export interface RecoveryDependencies {
  readonly port: RecoveryPort;
  readonly throttle: ThrottlePort;
  readonly hasher: PasswordHasher;
  readonly proofs: { open(token: string, now: Date): Sha256Fingerprint | undefined };
  readonly clock: Clock;
  /** Of the instance, the same on every node; at least 32 octets. */
  readonly secret: Uint8Array;
  readonly channels: { readonly sms: boolean; readonly email: boolean };
  readonly messageLimits: MessageLimits;
  readonly productName: string;
  readonly administratorContact: string;
  readonly onMessageQueued?: () => void;
}

/**
 * A new password for whoever forgot theirs, against two proofs: the active certificate presented in TLS, and a code to
 * the telephone. One of them alone gives nothing: a stolen telephone has no certificate, a stolen computer no code.
 *
 * Every refusal that is no matter of patience is `recovery-not-possible`: an administrator helps.
 */
export interface PasswordRecovery {
  /** @throws {ProblemError} `recovery-not-possible`, `throttled`, `message-limit` */
  sendCode(proof: string): Promise<{ readonly login: string; readonly phone: string }>;
  /** @throws {ProblemError} `recovery-not-possible`, `recovery-code-wrong`, `password-invalid`, `throttled` */
  recover(input: { readonly proof: string; readonly code: string; readonly password: string }): Promise<void>;
}

const SEND_WINDOWS: readonly ThrottleWindow[] = [
  { seconds: 60, attempts: 1 },
  { seconds: 3_600, attempts: 4 },
  { seconds: 86_400, attempts: 8 },
];
/** Eight digits: with fifteen tries a day guessing is no way in. */
const CODE_WINDOWS: readonly ThrottleWindow[] = [
  { seconds: 900, attempts: 5 },
  { seconds: 86_400, attempts: 15 },
];
const CODE_SECONDS = 900;
const NOTICE_SECONDS = 86_400;

export function createPasswordRecovery(dependencies: RecoveryDependencies): PasswordRecovery {
  const { port, throttle: attempts, hasher, proofs, clock, channels } = dependencies;
  const throttle = createThrottle({ port: attempts, clock });

  async function find(proof: string) {
    const now = clock.now();
    const fingerprint = proofs.open(proof, now);
    const found = fingerprint && channels.sms ? await port.findRecoverable(fingerprint, now) : undefined;
    if (fingerprint === undefined || found === undefined) throw new ProblemError('recovery-not-possible');
    return { fingerprint, found };
  }

  return {
    async sendCode(proof) {
      const { found } = await find(proof);
      const { id, login, locale, phone } = found.account;
      const key = `recovery-send/${id}`;
      await throttle.admit(key, SEND_WINDOWS, async () => {
        const now = clock.now();
        await attempts.recordAttempt(key, now);
        const code = formatCode(codeOf(dependencies.secret, proof, found));
        const message: OutgoingSms = {
          channel: 'sms',
          to: phone,
          text: formatRecoveryCodeMessage({ login, locale, code }),
          expiresAt: new Date(now.getTime() + CODE_SECONDS * 1_000),
          admit: admitWithin(dependencies.messageLimits, { accountId: id, to: phone }, now),
        };
        await port.queueRecoveryCode(id, message, now);
      });
      dependencies.onMessageQueued?.();
      return { login, phone: maskPhoneNumber(phone) };
    },

    async recover({ proof, code, password }) {
      const { fingerprint, found } = await find(proof);
      const { account } = found;
      const key = `recovery-code/${account.id}`;
      await throttle.admit(key, CODE_WINDOWS, async () => {
        if (isRight(code, codeOf(dependencies.secret, proof, found))) return;
        await attempts.recordAttempt(key, clock.now());
        await port.recordWrongRecoveryCode(account.id, clock.now());
        throw new ProblemError('recovery-code-wrong');
      });
      const wanted = checkNewPassword(password, account.login);
      const passwordHash = await hasher.hashPassword(wanted);
      const now = clock.now();
      const notices = noticesFor(found, dependencies, now);
      await port.recoverPassword({ found, fingerprint, passwordHash, notices, now });
      await attempts.clearAttempts(key);
      dependencies.onMessageQueued?.();
    },
  };
}

/**
 * Stored nowhere: it follows from the proof, which is random and short-lived, and from the password that was forgotten,
 * so that it works once.
 */
function codeOf(secret: Uint8Array, proof: string, { account, passwordHash }: RecoverableAccount): string {
  const mac = createHmac('sha256', secret)
    .update(`recovery-code\0${account.id}\0${account.phone}\0${passwordHash}\0${proof}`)
    .digest();
  return String(mac.readBigUInt64BE() % 100_000_000n).padStart(8, '0');
}

function isRight(typed: string, code: string): boolean {
  const digits = parseCode(typed);
  return digits !== undefined && timingSafeEqual(Buffer.from(digits), Buffer.from(code));
}

/** By all ways that there are, past the limits: nobody may keep the owner from hearing of it. */
function noticesFor(
  { account }: RecoverableAccount,
  { channels, productName, administratorContact: contact }: RecoveryDependencies,
  now: Date,
): readonly (OutgoingMail | OutgoingSms)[] {
  const expiresAt = new Date(now.getTime() + NOTICE_SECONDS * 1_000);
  const { phone, email } = account;
  const sms: OutgoingSms = {
    channel: 'sms',
    to: phone,
    text: formatRecoveredMessage(account),
    expiresAt,
    admit: 'always',
  };
  if (!channels.email || email === undefined) return [sms];
  const letter = formatRecoveredMail({ ...account, productName, contact });
  return [sms, { channel: 'email', to: email, ...letter, expiresAt }];
}
