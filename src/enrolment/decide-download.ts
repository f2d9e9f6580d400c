import type { Account } from '../accounts/account.ts';
import { assertNever } from '../kernel/assert-never.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { AccessCertificate, Enrolment } from './ports.ts';

/** What an account's current certificate is at this moment. */
export type CertificateState = 'none' | 'active' | 'not-yet-valid' | 'expired' | 'revoked' | 'suspended';

export function certificateState(current: AccessCertificate | undefined, now: Date): CertificateState {
  if (current === undefined) return 'none';
  switch (current.status) {
    case 'revoked':
      return 'revoked';
    case 'suspended':
      return 'suspended';
    case 'superseded':
      // Never current; were it ever, only an administrator may clear it.
      return 'revoked';
    case 'active':
      if (now < current.notBefore) return 'not-yet-valid';
      // RFC 5280, 4.1.2.5: valid through notAfter, inclusive.
      return now > current.notAfter ? 'expired' : 'active';
    default:
      return assertNever(current.status);
  }
}

/** What pressing «Скачать сертификат» does now. */
export type Download =
  | { readonly kind: 'new'; readonly replaces: AccessCertificate | undefined }
  | { readonly kind: 'again'; readonly certificate: AccessCertificate; readonly file: DownloadableFile }
  | { readonly kind: 'phone-missing' }
  | { readonly kind: 'phone-held'; readonly until: Date }
  | { readonly kind: 'file-gone' }
  | { readonly kind: 'administrator'; readonly why: 'account-blocked' | 'certificate' | 'no-delivery' };

/** A file whose time is not over. */
export interface DownloadableFile {
  readonly privateKeyPkcs8: Uint8Array;
  readonly password: string;
  readonly keyExpiresAt: Date;
}

export function decideDownload(input: {
  readonly account: Pick<Account, 'status' | 'phone' | 'phoneHeldUntil'>;
  readonly enrolment: Pick<Enrolment, 'current' | 'file'>;
  readonly passwordDelivery: 'sms' | 'none';
  readonly now: Date;
}): Download {
  const { account, enrolment, passwordDelivery, now } = input;
  const { current } = enrolment;
  if (account.status !== 'active') return { kind: 'administrator', why: 'account-blocked' };
  switch (certificateState(current, now)) {
    case 'revoked':
    case 'suspended':
      return { kind: 'administrator', why: 'certificate' };
    case 'active':
    case 'not-yet-valid': {
      const file = findDownloadableFile(enrolment, now);
      return current && file ? { kind: 'again', certificate: current, file } : { kind: 'file-gone' };
    }
    case 'none':
    case 'expired':
      if (passwordDelivery === 'none') return { kind: 'administrator', why: 'no-delivery' };
      if (account.phone === undefined) return { kind: 'phone-missing' };
      if (isPhoneHeld(account, now)) return { kind: 'phone-held', until: account.phoneHeldUntil };
      return { kind: 'new', replaces: current };
  }
}

/** Whoever has the telephone that the number was changed to waits, so that the owner of the former one can object. */
export function isPhoneHeld<A extends Pick<Account, 'phoneHeldUntil'>>(
  account: A,
  now: Date,
): account is A & { readonly phoneHeldUntil: Date } {
  return account.phoneHeldUntil !== undefined && now < account.phoneHeldUntil;
}

export function refuseHeldPhone(until: Date, now: Date): ProblemError {
  return new ProblemError('phone-held', {
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
  });
}

/** The times decide, not the wiping: it may be late. */
function findDownloadableFile({ current, file }: Pick<Enrolment, 'current' | 'file'>, now: Date) {
  if (file === undefined || file.certificateId !== current?.id) return undefined;
  const { privateKeyPkcs8, password, keyExpiresAt, passwordExpiresAt } = file;
  if (privateKeyPkcs8 === undefined || password === undefined) return undefined;
  if (now >= keyExpiresAt || now >= passwordExpiresAt) return undefined;
  return { privateKeyPkcs8, password, keyExpiresAt } satisfies DownloadableFile;
}

/** Why there is nothing to download. */
export function refuseDownload(
  download: Exclude<Download, { kind: 'new' } | { kind: 'again' }>,
): ProblemError {
  switch (download.kind) {
    case 'phone-missing':
      return new ProblemError('phone-missing');
    case 'phone-held':
      return new ProblemError('phone-held', { detail: `until ${download.until.toISOString()}` });
    case 'file-gone':
      return new ProblemError('file-gone');
    case 'administrator':
      return download.why === 'account-blocked'
        ? new ProblemError('account-blocked')
        : new ProblemError('download-not-allowed', { detail: 'only an administrator can help' });
  }
}
