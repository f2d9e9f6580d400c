/**
 * What a page's content security policies (CSP, Level 3) say of our script: an external classic script of the page's
 * own origin, put in by the parser, which then fetches from that origin. Every policy has to allow it.
 */
export type ScriptPermission =
  | { readonly kind: 'allowed'; readonly nonce: string | undefined }
  | { readonly kind: 'forbidden'; readonly directive: string };

export interface OwnScript {
  /** `https://crm.example.org:8443/.propusk/menu.js` */
  readonly url: URL;
  /** What the script fetches. */
  readonly dataUrl: URL;
}

type Directives = ReadonlyMap<string, readonly string[]>;

/**
 * @param headerPolicies values of Content-Security-Policy fields: each may hold several policies
 * @param metaPolicies contents of `<meta http-equiv>`, where commas separate nothing
 */
export function mayRun(
  script: OwnScript,
  headerPolicies: readonly string[],
  metaPolicies: readonly string[] = [],
): ScriptPermission {
  const policies = [
    ...headerPolicies.flatMap((value) => value.split(',')).map((text) => parsePolicy(text)),
    // CSP, section 3.3: these have no meaning in a page.
    ...metaPolicies.map((text) => parsePolicy(text, ['sandbox', 'report-uri', 'frame-ancestors'])),
  ];
  let nonces: ReadonlySet<string> | undefined;
  for (const policy of policies) {
    const forbidden = forbiddenApartFromScript(policy, script);
    if (forbidden !== undefined) return { kind: 'forbidden', directive: forbidden };
    const effective = effectiveDirective(policy, ['script-src-elem', 'script-src', 'default-src']);
    if (effective === undefined) continue;
    if (!effective.sources.some(isStrictDynamic) && matchesSomeSource(effective.sources, script.url))
      continue;
    const offered = new Set(effective.sources.flatMap(nonceOf));
    // One element has one nonce: it has to be in every policy that asks for one.
    nonces = nonces === undefined ? offered : new Set([...nonces].filter((nonce) => offered.has(nonce)));
    if (nonces.size === 0) return { kind: 'forbidden', directive: formatDirective(effective) };
  }
  const [nonce] = nonces ?? [];
  return { kind: 'allowed', nonce };
}

function forbiddenApartFromScript(policy: Directives, script: OwnScript): string | undefined {
  const sandbox = policy.get('sandbox');
  if (sandbox !== undefined) {
    const tokens = new Set(sandbox.map((token) => token.toLowerCase()));
    if (!tokens.has('allow-scripts') || !tokens.has('allow-same-origin')) return 'sandbox';
  }
  const connect = effectiveDirective(policy, ['connect-src', 'default-src']);
  if (connect !== undefined && !matchesSomeSource(connect.sources, script.dataUrl)) {
    return formatDirective(connect);
  }
  return undefined;
}

interface Effective {
  readonly name: string;
  readonly sources: readonly string[];
}

function effectiveDirective(policy: Directives, names: readonly string[]): Effective | undefined {
  for (const name of names) {
    const sources = policy.get(name);
    if (sources !== undefined) return { name, sources };
  }
  return undefined;
}

/** Without the values that change with every answer. */
function formatDirective({ name, sources }: Effective): string {
  return [name, ...sources.map((source) => source.replace(/^'nonce-.*'$/i, "'nonce-…'"))].join(' ');
}

/** CSP, section 2.2.1: the first directive of a name counts. */
function parsePolicy(text: string, ignored: readonly string[] = []): Directives {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...values] = part.split(/[\t\n\f\r ]+/).filter((token) => token !== '');
    const key = name.toLowerCase();
    if (key !== '' && !directives.has(key) && !ignored.includes(key)) directives.set(key, values);
  }
  return directives;
}

function isStrictDynamic(source: string): boolean {
  return source.toLowerCase() === "'strict-dynamic'";
}

/** CSP, section 2.3.1, "base64-value": anything else cannot stand in an attribute without a thought. */
function nonceOf(source: string): string[] {
  const nonce = /^'nonce-([A-Za-z0-9+/_-]+={0,2})'$/i.exec(source)?.[1];
  return nonce === undefined ? [] : [nonce];
}

const SOURCE =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?<host>\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?)(?::(?<port>\*|\d+))?(?<path>\/[^?#]*)?$/i;

/** CSP, section 6.7.2.8, for a URL of the page's own origin over https. */
function matchesSomeSource(sources: readonly string[], url: URL): boolean {
  return sources.some((source) => matchesSource(source, url));
}

function matchesSource(source: string, url: URL): boolean {
  const lower = source.toLowerCase();
  if (lower === "'self'" || lower === '*') return true;
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return lower === 'https:' || lower === 'http:';
  const { scheme, host = '', port, path } = SOURCE.exec(source)?.groups ?? {};
  if (host === '') return false;
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return false;
  return matchesHost(host.toLowerCase(), url) && matchesPort(port, scheme, url) && matchesPath(path, url);
}

function matchesHost(host: string, { hostname }: URL): boolean {
  if (host === '*') return true;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

function matchesPort(port: string | undefined, scheme: string | undefined, url: URL): boolean {
  if (port === '*') return true;
  const actual = url.port === '' ? '443' : url.port;
  if (port === undefined) return actual === '443';
  // Section 6.7.2.11: http's 80 stands for https's 443 as well.
  return port === actual || (port === '80' && actual === '443' && scheme?.toLowerCase() !== 'https');
}

function matchesPath(path: string | undefined, { pathname }: URL): boolean {
  if (path === undefined || path === '/') return true;
  const wanted = tryDecode(path);
  const actual = tryDecode(pathname);
  return wanted.endsWith('/') ? actual.startsWith(wanted) : actual === wanted;
}

function tryDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
