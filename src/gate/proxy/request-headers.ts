import { isProxyClaim } from './claims.ts';

/**
 * Reading a request's header fields once: what the gate needs to know of them, and which go on to the application.
 */
export interface RequestFields {
  readonly authorities: string[];
  /** The crumbs of HTTP/2 joined again (RFC 9113, section 8.2.3). */
  cookie: string | undefined;
  contentLength: string | undefined;
  transferEncoding: string | undefined;
  upgrade: string | undefined;
  serviceWorker: string | undefined;
  /** Sec-Fetch-Dest: what the browser will do with the answer. */
  destination: string | undefined;
  count: number;
  /** Octets of names and values. */
  size: number;
  /** Names and values in turn, without everything that is ours to set. */
  forward: string[];
}

type Rule =
  | 'forward'
  | 'drop'
  | 'authority'
  | 'cookie'
  | 'content-length'
  | 'transfer-encoding'
  | 'connection'
  | 'upgrade'
  | 'service-worker'
  | 'destination';

const RULES: Readonly<Record<string, Rule>> = {
  host: 'authority',
  ':authority': 'authority',
  ':method': 'drop',
  ':path': 'drop',
  ':scheme': 'drop',
  ':protocol': 'drop',
  cookie: 'cookie',
  'content-length': 'content-length',
  'transfer-encoding': 'transfer-encoding',
  connection: 'connection',
  upgrade: 'upgrade',
  'service-worker': 'service-worker',
  'sec-fetch-dest': 'destination',
  // Hop by hop (RFC 9110, section 7.6.1), and what only the gate's own connection can mean.
  'keep-alive': 'drop',
  'proxy-connection': 'drop',
  'proxy-authorization': 'drop',
  te: 'drop',
  trailer: 'drop',
  expect: 'drop',
  'http2-settings': 'drop',
  'alt-used': 'drop',
};

/** By name as received, so that the usual names cost one look-up. Clients choose the names: it is bounded. */
const known = new Map<string, Rule>();
const KNOWN_MAX = 2_000;

function ruleOf(name: string): Rule {
  const rule = known.get(name);
  if (rule !== undefined) return rule;
  const made = makeRule(name);
  if (known.size < KNOWN_MAX && name.length <= 64) known.set(name, made);
  return made;
}

function makeRule(name: string): Rule {
  const lower = name.toLowerCase();
  const rule = Object.hasOwn(RULES, lower) ? RULES[lower] : undefined;
  if (rule !== undefined) return rule;
  const normalised = lower.replace(/[^a-z0-9]/g, '-');
  // `Content_Length` is no framing for us and may be for the application.
  if (normalised !== lower && Object.hasOwn(RULES, normalised)) return 'drop';
  return isProxyClaim(normalised) ? 'drop' : 'forward';
}

export function readRequestFields(rawHeaders: readonly string[]): RequestFields {
  const fields: RequestFields = {
    authorities: [],
    cookie: undefined,
    contentLength: undefined,
    transferEncoding: undefined,
    upgrade: undefined,
    serviceWorker: undefined,
    destination: undefined,
    count: rawHeaders.length / 2,
    size: 0,
    forward: [],
  };
  let connection: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    fields.size += name.length + value.length;
    switch (ruleOf(name)) {
      case 'forward':
        fields.forward.push(name, value);
        break;
      case 'drop':
        break;
      case 'authority':
        fields.authorities.push(value);
        break;
      case 'cookie':
        fields.cookie = fields.cookie === undefined ? value : `${fields.cookie}; ${value}`;
        break;
      case 'content-length':
        fields.contentLength = join(fields.contentLength, value);
        break;
      case 'transfer-encoding':
        fields.transferEncoding = join(fields.transferEncoding, value);
        break;
      case 'connection':
        connection = join(connection, value);
        break;
      case 'upgrade':
        fields.upgrade = join(fields.upgrade, value);
        break;
      case 'service-worker':
        fields.serviceWorker = join(fields.serviceWorker, value);
        fields.forward.push(name, value);
        break;
      case 'destination':
        fields.destination = join(fields.destination, value);
        fields.forward.push(name, value);
        break;
    }
  }
  if (connection !== undefined) fields.forward = withoutNamed(fields.forward, connection);
  return fields;
}

function join(earlier: string | undefined, value: string): string {
  return earlier === undefined ? value : `${earlier}, ${value}`;
}

/** RFC 9110, section 7.6.1: the fields that Connection names go no further. */
export function withoutNamed(headers: string[], connection: string): string[] {
  const lower = connection.toLowerCase();
  if (lower === 'keep-alive' || lower === 'close' || lower === 'upgrade') return headers;
  const named = new Set(lower.split(',').map((token) => token.trim()));
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!named.has(name.toLowerCase())) kept.push(name, headers[index + 1] ?? '');
  }
  return kept;
}
