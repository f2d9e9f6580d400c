import { type ResponseFields, readResponseFields } from './response-headers.ts';

/** How the end of a response's content is found (RFC 9112, section 6.3). */
export type ContentFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export interface ResponseHead {
  readonly status: number;
  readonly fields: ResponseFields;
  readonly framing: ContentFraming;
  /** Whether the connection may carry another request, and for how long it may wait for one. */
  readonly reusable: boolean;
  readonly idleMs: number;
}

/** What an application sent is not HTTP/1.1, or could be read in more than one way. */
export class UpstreamProtocolError extends Error {
  override readonly name = 'UpstreamProtocolError';
  readonly code = 'UPSTREAM_PROTOCOL';
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Names that were found to be tokens, so that the usual ones cost one look-up. */
const knownNames = new Set<string>();
const KNOWN_MAX = 2_000;

const DEFAULT_IDLE_MS = 4_000;
const MAX_IDLE_MS = 600_000;
/** The other side closes at the same moment otherwise. */
const IDLE_MARGIN_MS = 1_000;

/**
 * Parses a head without its last empty line. Stricter than a browser: whatever could be read in two ways is an error,
 * because the next response on the connection belongs to somebody else.
 * @throws {UpstreamProtocolError}
 */
export function parseResponseHead(text: string, method: string): ResponseHead {
  const lineEnd = text.indexOf('\r\n');
  const statusLine = STATUS_LINE.exec(lineEnd === -1 ? text : text.slice(0, lineEnd));
  if (statusLine === null) throw new UpstreamProtocolError('status line');
  const status = Number(statusLine[2]);
  if (status > 599) throw new UpstreamProtocolError(`status ${status}`);
  const rawHeaders: string[] = [];
  let offset = lineEnd === -1 ? text.length : lineEnd + 2;
  while (offset < text.length) {
    let end = text.indexOf('\r\n', offset);
    if (end === -1) end = text.length;
    const colon = text.indexOf(':', offset);
    if (colon === -1 || colon >= end) throw new UpstreamProtocolError('field line');
    const name = text.slice(offset, colon);
    const value = text.slice(colon + 1, end);
    if (!isFieldName(name) || !FIELD_VALUE.test(value)) throw new UpstreamProtocolError('field line');
    rawHeaders.push(name, withoutOuterBlanks(value));
    offset = end + 2;
  }
  const fields = readResponseFields(rawHeaders, 'checked');
  const framing = framingOf(fields, status, method);
  const closing =
    fields.connection
      ?.toLowerCase()
      .split(',')
      .some((token) => token.trim() === 'close') ?? false;
  const idleMs = idleTime(fields.keepAlive);
  return {
    status,
    fields,
    framing,
    // A HEAD that is answered with content leaves that content on the connection: it is not used again.
    reusable:
      statusLine[1] === '1' && !closing && framing.kind !== 'until-close' && method !== 'HEAD' && idleMs > 0,
    idleMs,
  };
}

/** Blanks and tabs alone (RFC 9110, section 5.6.3): `trim` would take the last octet of «Р» for a blank too. */
function withoutOuterBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isFieldName(name: string): boolean {
  if (knownNames.has(name)) return true;
  if (!FIELD_NAME.test(name)) return false;
  if (knownNames.size < KNOWN_MAX && name.length <= 64) knownNames.add(name);
  return true;
}

function framingOf(fields: ResponseFields, status: number, method: string): ContentFraming {
  const { statedLength, transferEncoding } = fields;
  // Both, or one of them twice, is how responses are smuggled (RFC 9112, section 6.3).
  if (statedLength !== undefined && transferEncoding !== undefined) {
    throw new UpstreamProtocolError('Content-Length and Transfer-Encoding');
  }
  if (statedLength !== undefined && !/^\d{1,15}$/.test(statedLength)) {
    throw new UpstreamProtocolError('Content-Length');
  }
  if (transferEncoding !== undefined && transferEncoding.toLowerCase() !== 'chunked') {
    throw new UpstreamProtocolError('Transfer-Encoding');
  }
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  if (transferEncoding !== undefined) return { kind: 'chunked' };
  if (statedLength === undefined) return { kind: 'until-close' };
  const length = Number(statedLength);
  return length === 0 ? { kind: 'none' } : { kind: 'length', length };
}

function idleTime(keepAlive: string | undefined): number {
  const seconds = keepAlive === undefined ? null : /timeout=(\d{1,6})/i.exec(keepAlive);
  if (seconds === null) return DEFAULT_IDLE_MS;
  return Math.min(Number(seconds[1]) * 1_000 - IDLE_MARGIN_MS, MAX_IDLE_MS);
}
