import type { ApplicationId, SessionId } from '../kernel/brand.ts';
import type { AssertionSigner } from './assertion.ts';
import type { Entry } from './ports.ts';

/** What only the gate says to an application, ready to be put into a request. */
export interface IdentityHeaders {
  readonly sessionId: SessionId;
  readonly applicationId: ApplicationId;
  readonly authority: string;
  readonly login: string;
  readonly displayName: string;
  readonly sha256Fingerprint: string;
  /** Milliseconds; long before the assertion expires. */
  readonly usableUntil: number;
  /** Names and values in turn; Host is the first. */
  readonly headers: readonly string[];
  /** The same as lines of HTTP/1.1. */
  readonly lines: string;
}

/** Where a request comes from and which host it is for. */
export interface RequestOrigin {
  readonly address: string;
  readonly authority: string;
}

/** An assertion is made anew after this long, well within its 60 seconds. */
const REUSE_MS = 30_000;

/** Whether headers made for an earlier request of the connection say the same about this one. */
export function stillHolds(
  made: IdentityHeaders | undefined,
  entry: Entry,
  applicationId: ApplicationId,
  authority: string,
  nowMs: number,
): made is IdentityHeaders {
  return (
    made !== undefined &&
    nowMs < made.usableUntil &&
    made.sessionId === entry.sessionId &&
    made.applicationId === applicationId &&
    made.authority === authority &&
    entry.current.kind === 'issued' &&
    made.sha256Fingerprint === entry.current.sha256Fingerprint &&
    made.login === entry.login &&
    made.displayName === entry.displayName
  );
}

export function makeIdentityHeaders(
  entry: Entry,
  applicationId: ApplicationId,
  { address, authority }: RequestOrigin,
  signer: AssertionSigner,
  now: Date,
): IdentityHeaders {
  if (entry.current.kind !== 'issued') throw new TypeError('a permitted entry has a certificate');
  const { sha256Fingerprint } = entry.current;
  const headers = [
    ...['Host', authority],
    ...['Propusk-Login', encodeHeaderText(entry.login)],
    ...['Propusk-Name', encodeHeaderText(entry.displayName)],
    ...['Propusk-Account', entry.accountId],
    ...['Propusk-Assertion', signer.sign(entry, sha256Fingerprint, applicationId, now)],
    ...['X-Forwarded-For', address],
    ...['X-Forwarded-Proto', 'https'],
    ...['X-Forwarded-Host', authority],
    // RFC 7239, section 6: an IPv6 address is bracketed and quoted.
    'Forwarded',
    `for=${address.includes(':') ? `"[${address}]"` : address};host="${authority}";proto=https`,
  ].map(oneOctetPerCharacter);
  return {
    sessionId: entry.sessionId,
    applicationId,
    authority,
    login: entry.login,
    displayName: entry.displayName,
    sha256Fingerprint,
    usableUntil: now.getTime() + REUSE_MS,
    headers,
    lines: oneOctetPerCharacter(formatLines(headers)),
  };
}

function formatLines(headers: readonly string[]): string {
  let lines = '';
  for (let index = 0; index < headers.length; index += 2)
    lines += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return lines;
}

/** Text that came from Cyrillic keeps two octets per character inside V8, and so does every text it becomes part of. */
function oneOctetPerCharacter(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Visible ASCII and spaces as they are; everything else, and `%`, as percent-encoded UTF-8 (decodeURIComponent). */
export function encodeHeaderText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\x20-\x24\x26-\x7e]+/gu, encodeURIComponent)
    .trim();
}
