import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../accounts/account.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccessCertificateId, AccountId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admitWithin, checkMessageLimits } from '../messaging/message-limits.ts';
import type { OutgoingSms } from '../messaging/ports.ts';
import { formatPasswordMessage } from '../messaging/texts.ts';
import { issueCertificate } from '../pki/issuance/issue-certificate.ts';
import { prepareCertificate } from '../pki/issuance/prepare-certificate.ts';
import { makeFilePassword } from '../pki/pkcs12/file-password.ts';
import { generateKeyPair } from '../pki/x509/key-pair.ts';
import { decideDownload, refuseDownload } from './decide-download.ts';
import { type EnrolmentDependencies, secondsAfter } from './options.ts';
import type { AccessCertificate, ReplacementProof } from './ports.ts';

/** Between the intent and the record lie one signature and one transaction. */
export const INTENT_LEASE_SECONDS = 5;
/** Longer than a lease: whoever comes after a crash waits for it once and then gets a certificate. */
export const BUSY_WAIT_MS = 10_000;
export const BUSY_POLL_MS = 100;

/** What was signed and recorded; the key and the password are in the database too, as long as their time lasts. */
export interface IssuedAccess {
  readonly certificate: AccessCertificate;
  readonly privateKeyPkcs8: Uint8Array;
  readonly password: string;
}

/**
 * «Скачать сертификат»: issues, or leaves what was issued in the last minutes as it is. Any number of presses at once,
 * here and on other nodes, give one certificate.
 *
 * @throws {ProblemError} `phone-missing`, `file-gone`, `download-not-allowed`, `account-blocked`, `account-not-found`,
 *   `message-limit`, `issuer-unavailable`, `throttled` (another issuance does not end)
 */
export type IssueAccessCertificate = (accountId: AccountId, actor: Actor) => Promise<'issued' | 'again'>;

export function createIssueAccessCertificate(dependencies: EnrolmentDependencies): IssueAccessCertificate {
  const underWay = new Map<AccountId, Promise<'issued' | 'again'>>();
  return (accountId, actor) => {
    const running = underWay.get(accountId);
    if (running !== undefined) return running;
    const issuing = issueUnlessThere(dependencies, accountId, actor).finally(() =>
      underWay.delete(accountId),
    );
    underWay.set(accountId, issuing);
    return issuing;
  };
}

async function issueUnlessThere(
  dependencies: EnrolmentDependencies,
  accountId: AccountId,
  actor: Actor,
): Promise<'issued' | 'again'> {
  const { port, accounts, outbox, clock, options, onMessageQueued } = dependencies;
  const deadline = performance.now() + BUSY_WAIT_MS;
  for (;;) {
    const account = await accounts.findAccount(accountId);
    if (account === undefined) throw new ProblemError('account-not-found');
    const enrolment = await port.readEnrolment(accountId);
    const now = clock.now();
    const { passwordDelivery, messageLimits } = options;
    const download = decideDownload({ account, enrolment, passwordDelivery, now });
    if (download.kind === 'again') return 'again';
    if (download.kind !== 'new') throw refuseDownload(download);
    const { phone } = account;
    if (phone === undefined) throw new ProblemError('phone-missing');
    await checkMessageLimits(outbox, messageLimits, { accountId, to: phone }, now);
    const result = await issueOnce(dependencies, {
      account,
      expectedCurrentId: download.replaces?.id,
      actor,
      deliver: { to: phone },
    });
    if (result.kind === 'issued') {
      onMessageQueued?.();
      return 'issued';
    }
    if (performance.now() > deadline) {
      throw new ProblemError('throttled', {
        detail: 'another certificate for this account is being issued',
        retryAfterSeconds: INTENT_LEASE_SECONDS,
      });
    }
    await sleep(BUSY_POLL_MS);
  }
}

/**
 * One issuance: key pair (outside of any transaction), preparation, record of the intent, signature, record of the
 * result. A crash between any two of them leaves at most a recorded intent, which is abandoned later; what was signed
 * and not recorded is in nobody's hands, and its serial number is on the revocation list.
 *
 * @returns `busy` when somebody else issues for the account, or has just changed its current certificate
 */
export async function issueOnce(
  dependencies: EnrolmentDependencies,
  input: {
    readonly account: Account;
    readonly expectedCurrentId: AccessCertificateId | undefined;
    readonly actor: Actor;
    /** Without it neither file nor message are stored: the caller hands both over. */
    readonly deliver: Pick<OutgoingSms, 'to'> | undefined;
    readonly replacement?: ReplacementProof;
  },
): Promise<{ readonly kind: 'issued'; readonly access: IssuedAccess } | { readonly kind: 'busy' }> {
  const { port, authority, clock, random, options, logger, onStep = () => {} } = dependencies;
  const { account, actor } = input;
  const accountId = account.id;
  const issuer = await authority.getIssuer();
  const { privateKeyPkcs8, publicKeySpki } = await generateKeyPair(options.keyAlgorithm);
  onStep('key-made');
  const token = prepareCertificate(
    {
      issuer,
      login: account.login,
      publicKeySpki,
      validityDays: options.validityDays,
      ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
      ...authority.addressesOf(issuer.id),
    },
    { clock, random },
  );
  onStep('prepared');
  const { serialNumber } = token;
  const intent = await port.recordIntent({
    accountId,
    issuerId: issuer.id,
    serialNumber,
    leaseSeconds: INTENT_LEASE_SECONDS,
    actor,
    now: clock.now(),
  });
  if (intent.kind === 'busy') return { kind: 'busy' };
  onStep('intended');
  try {
    const { certificateDer, certificate: signed } = issueCertificate(token);
    onStep('signed');
    const password = makeFilePassword(random);
    const issuedAt = clock.now();
    const passwordExpiresAt = secondsAfter(issuedAt, options.passwordSeconds);
    const certificate = await port.recordIssued({
      certificate: {
        id: random.id<AccessCertificateId>(),
        accountId,
        issuerId: issuer.id,
        serialNumber,
        sha256Fingerprint: signed.sha256Fingerprint,
        certificateDer,
        notBefore: signed.notBefore,
        notAfter: signed.notAfter,
        issuedAt,
      },
      expectedCurrentId: input.expectedCurrentId,
      file: input.deliver && {
        privateKeyPkcs8,
        keyExpiresAt: secondsAfter(issuedAt, options.keySeconds),
        password,
        passwordExpiresAt,
      },
      message: input.deliver && {
        channel: 'sms',
        to: input.deliver.to,
        text: passwordText(account, password, issuedAt, options.timeZone),
        expiresAt: passwordExpiresAt,
        admit: admitWithin(options.messageLimits, { accountId, to: input.deliver.to }, issuedAt),
      },
      replacement: input.replacement,
      actor,
      now: issuedAt,
    });
    onStep('recorded');
    return { kind: 'issued', access: { certificate, privateKeyPkcs8, password } };
  } catch (error) {
    // The answer is the first error; if this fails too, the lease ends and the intent is abandoned then.
    await port.abandonIntent(serialNumber, clock.now()).catch((abandonError: unknown) => {
      logger.error({ err: abandonError, serialNumber }, 'an intent to issue could not be abandoned');
    });
    if (error instanceof ProblemError && error.code === 'certificate-state') return { kind: 'busy' };
    throw error;
  }
}

export function passwordText(
  account: Pick<Account, 'login' | 'locale'>,
  password: string,
  issuedAt: Date,
  timeZone: string | undefined,
): string {
  const { login, locale } = account;
  return formatPasswordMessage({
    login,
    password,
    issuedAt,
    locale,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}
