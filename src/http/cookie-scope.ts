/**
 * What tells one cookie of a browser from another (RFC 6265bis, section 5.7): a cookie can be expired only by an answer
 * that names all of it. Of the value nothing is known here.
 */
export interface CookieScope {
  /** Empty: a cookie that is sent as its bare value. */
  readonly name: string;
  readonly path: string;
  /** In lower case, without a leading dot; empty: of the host alone. */
  readonly domain: string;
  readonly partitioned: boolean;
}

const NAME_MAX = 128;
const PATH_MAX = 256;
/** Octets that browsers keep in names; a control character or `;` ends a cookie. */
const NAME = /^[\x21-\x3a\x3c\x3e-\x7e\x80-\xff]*$/;
const PATH = /^\/[\x20-\x3a\x3c-\x7e\x80-\xff]*$/;
/** RFC 6265bis, section 4.1.3.2; browsers compare without regard to case. */
const HOST_PREFIX = /^__host-/i;

/**
 * The scope in which a browser keeps the cookie of a Set-Cookie field; undefined where it keeps none, or where the name
 * or the path is longer than anybody needs.
 *
 * @param field as received, octets as characters
 * @param serverName of the host that answers, in lower case
 * @param requestPath of the request answered, with or without a query
 */
export function readCookieScope(
  field: string,
  serverName: string,
  requestPath: string,
): CookieScope | undefined {
  const [pair = '', ...attributes] = field.split(';', 64);
  const equals = pair.indexOf('=');
  const name = equals === -1 ? '' : pair.slice(0, equals).trim();
  let path = '';
  let domain = '';
  let partitioned = false;
  for (const attribute of attributes) {
    const mark = attribute.indexOf('=');
    const key = (mark === -1 ? attribute : attribute.slice(0, mark)).trim().toLowerCase();
    const value = mark === -1 ? '' : attribute.slice(mark + 1).trim();
    // The last of several attributes of one name counts (RFC 6265bis, section 5.7).
    if (key === 'path') path = value;
    else if (key === 'domain') domain = value.replace(/^\./, '').toLowerCase();
    else if (key === 'partitioned') partitioned = true;
  }
  if (!path.startsWith('/')) path = defaultPath(requestPath);
  if (domain !== '' && domain !== serverName && !serverName.endsWith(`.${domain}`)) return undefined;
  // A top-level domain as Domain: the browser refuses it, or takes it for the host alone.
  if (domain !== '' && !domain.includes('.')) domain = '';
  if (HOST_PREFIX.test(name) && (domain !== '' || path !== '/')) return undefined;
  const isKeepable = name.length <= NAME_MAX && NAME.test(name) && path.length <= PATH_MAX && PATH.test(path);
  return isKeepable ? { name, path, domain, partitioned } : undefined;
}

/** RFC 6265, section 5.1.4. */
function defaultPath(requestPath: string): string {
  const [path = ''] = requestPath.split('?', 1);
  const last = path.lastIndexOf('/');
  return path.startsWith('/') && last > 0 ? path.slice(0, last) : '/';
}

/** The scopes in which a cookie that came to this host with a request for its root can lie. */
export function possibleScopes(name: string, serverName: string): readonly CookieScope[] {
  if (name === '' || name.length > NAME_MAX || !NAME.test(name)) return [];
  const hostOnly: CookieScope = { name, path: '/', domain: '', partitioned: false };
  if (HOST_PREFIX.test(name)) return [hostOnly];
  const labels = serverName.split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [hostOnly, ...domains.slice(0, 3).map((domain) => ({ ...hostOnly, domain }))];
}

/** The Set-Cookie field that takes the cookie away. `Secure` is what the prefixes ask for, and HttpOnly some of them. */
export function formatExpiry({ name, path, domain, partitioned }: CookieScope): string {
  // A field without name and value is ignored (RFC 6265bis, section 5.6).
  const pair = name === '' ? '=gone' : `${name}=`;
  const scope = `Path=${path}${domain === '' ? '' : `; Domain=${domain}`}`;
  return `${pair}; ${scope}; Max-Age=0; Secure; HttpOnly${partitioned ? '; Partitioned' : ''}`;
}
