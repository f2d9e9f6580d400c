import { setCookieName } from '../../http/cookies.ts';
import { isOurCookie } from '../session-cookie.ts';
import { withoutNamed } from './request-headers.ts';

/** An application's response head, as it may go to the browser. */
export interface ResponseFields {
  /** Names in lower case and values in turn; content-length is among them where it is true. */
  headers: string[];
  contentLength: string | undefined;
  /** Those among `headers`; undefined: none. */
  setCookies: string[] | undefined;
}

type Rule = 'forward' | 'drop' | 'set-cookie' | 'connection' | 'content-length' | 'transfer-encoding';

const RULES: Readonly<Record<string, Rule>> = {
  'set-cookie': 'set-cookie',
  connection: 'connection',
  'content-length': 'content-length',
  'transfer-encoding': 'transfer-encoding',
  // Hop by hop (RFC 9110, section 7.6.1).
  'keep-alive': 'drop',
  'proxy-connection': 'drop',
  'proxy-authenticate': 'drop',
  te: 'drop',
  trailer: 'drop',
  upgrade: 'drop',
  'http2-settings': 'drop',
  // It would lead browsers past the gate (RFC 7838).
  'alt-svc': 'drop',
};

interface KnownName {
  readonly name: string;
  readonly rule: Rule;
}

const known = new Map<string, KnownName>();
const KNOWN_MAX = 2_000;
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** RFC 9110, section 5.5, without the delimiters that HTTP/2's own encoding in Node relies on. */
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

function lookUp(received: string): KnownName {
  const found = known.get(received);
  if (found !== undefined) return found;
  const name = received.toLowerCase();
  const rule = NAME.test(name)
    ? ((Object.hasOwn(RULES, name) ? RULES[name] : undefined) ?? 'forward')
    : 'drop';
  const made: KnownName = { name, rule };
  if (known.size < KNOWN_MAX && received.length <= 64) known.set(received, made);
  return made;
}

/**
 * Octets are kept as they are (latin1 both ways): file names in UTF-8 survive.
 * @param rawHeaders names and values in turn, as undici gives them
 */
export function readResponseFields(rawHeaders: readonly (Buffer | string)[]): ResponseFields {
  const fields: ResponseFields = { headers: [], contentLength: undefined, setCookies: undefined };
  let connection: string | undefined;
  let chunked = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const { name, rule } = lookUp(text(rawHeaders[index]));
    if (rule === 'drop') continue;
    const value = text(rawHeaders[index + 1]);
    if (FORBIDDEN_IN_VALUE.test(value)) continue;
    switch (rule) {
      case 'forward':
        fields.headers.push(name, value);
        break;
      case 'set-cookie':
        if (isOurCookie(setCookieName(value))) break;
        fields.headers.push(name, value);
        fields.setCookies ??= [];
        fields.setCookies.push(value);
        break;
      case 'connection':
        connection = connection === undefined ? value : `${connection}, ${value}`;
        break;
      case 'content-length':
        fields.contentLength = value;
        break;
      case 'transfer-encoding':
        chunked = true;
        break;
    }
  }
  // RFC 9112, section 6.3: Transfer-Encoding overrides Content-Length.
  if (chunked || !/^\d{1,15}$/.test(fields.contentLength ?? '')) fields.contentLength = undefined;
  if (connection !== undefined) fields.headers = withoutNamed(fields.headers, connection);
  return fields;
}

function text(value: Buffer | string | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : value.toString('latin1');
}
