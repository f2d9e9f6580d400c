import type { ApplicationId, SessionId } from '../kernel/brand.ts';
import type { AssertionSigner } from './assertion.ts';
import type { Entry } from './ports.ts';

/** Names and values in turn, ready to be appended to a request. */
export interface IdentityHeaders {
  readonly sessionId: SessionId;
  readonly applicationId: ApplicationId;
  readonly login: string;
  readonly displayName: string;
  readonly sha256Fingerprint: string;
  /** Milliseconds; long before the assertion expires. */
  readonly usableUntil: number;
  readonly headers: readonly string[];
}

/** An assertion is made anew after this long, well within its 60 seconds. */
const REUSE_MS = 30_000;

/** Whether headers made for an earlier request of the connection say the same about this one. */
export function stillHolds(
  made: IdentityHeaders | undefined,
  entry: Entry,
  applicationId: ApplicationId,
  nowMs: number,
): made is IdentityHeaders {
  return (
    made !== undefined &&
    nowMs < made.usableUntil &&
    // A clock that was set back must not make an assertion last longer.
    made.usableUntil - nowMs <= REUSE_MS &&
    made.sessionId === entry.sessionId &&
    made.applicationId === applicationId &&
    entry.current.kind === 'issued' &&
    made.sha256Fingerprint === entry.current.sha256Fingerprint &&
    made.login === entry.login &&
    made.displayName === entry.displayName
  );
}

export function makeIdentityHeaders(
  entry: Entry,
  applicationId: ApplicationId,
  signer: AssertionSigner,
  now: Date,
): IdentityHeaders {
  if (entry.current.kind !== 'issued') throw new TypeError('a permitted entry has a certificate');
  const { sha256Fingerprint } = entry.current;
  return {
    sessionId: entry.sessionId,
    applicationId,
    login: entry.login,
    displayName: entry.displayName,
    sha256Fingerprint,
    usableUntil: now.getTime() + REUSE_MS,
    headers: [
      'Propusk-Login',
      encodeHeaderText(entry.login),
      'Propusk-Name',
      encodeHeaderText(entry.displayName),
      'Propusk-Account',
      entry.accountId,
      'Propusk-Assertion',
      signer.sign(entry, sha256Fingerprint, applicationId, now),
    ],
  };
}

/** Visible ASCII and spaces as they are; everything else, and `%`, as percent-encoded UTF-8 (decodeURIComponent). */
export function encodeHeaderText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\x20-\x24\x26-\x7e]+/gu, encodeURIComponent)
    .trim();
}
