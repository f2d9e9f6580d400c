/**
 * Requests of the server to addresses that somebody else chose: in certificates, in forms. Each hop is checked, and
 * bounded in size, time and speed (OWASP: server-side request forgery).
 */
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { createAddressRules } from './address-rules.ts';
import { FetchError } from './fetch-error.ts';
import {
  checkLiteralHost,
  createGuardedLookup,
  type ResolveName,
  resolveBySystem,
} from './guarded-lookup.ts';
import { type HopAnswer, type HopRequest, requestHop } from './request-hop.ts';

export interface FetcherOptions {
  /** Networks besides the internet that may be asked: `10.1.0.0/16`, `fd00:1::/32`. */
  readonly allowPrivate: readonly string[];
  /** PEM. Believed for https besides the authorities that Node knows; asked once, before the first such request. */
  readonly readTrustedCertificates?: () => readonly string[];
  readonly resolveName?: ResolveName;
  readonly userAgent?: string;
}

export interface FetchLimits {
  /** Of the answer, after decompression. */
  readonly maxBytes: number;
  /** All hops together. */
  readonly timeoutMs: number;
  /** So long nothing may come. */
  readonly idleMs: number;
  /** After the first ten seconds, on the average. Zero: as slowly as it likes within the time. */
  readonly minBytesPerSecond: number;
  readonly maxRedirects: number;
}

/** The largest Russian revocation lists have 20 MB. */
export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  maxBytes: 64 * 1024 * 1024,
  timeoutMs: 120_000,
  idleMs: 15_000,
  minBytesPerSecond: 4096,
  maxRedirects: 5,
};

export interface FetchRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits?: Partial<FetchLimits>;
  readonly signal?: AbortSignal;
  /** Default: an answer other than 200 to 299 is thrown. */
  readonly failedStatus?: 'thrown' | 'returned';
}

export interface FetchAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Where it came from in the end. */
  readonly url: string;
}

export interface Fetcher {
  /** @throws {FetchError} with one category of a closed list; never with anything the server said */
  fetch(request: FetchRequest): Promise<FetchAnswer>;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_ADDRESS_LENGTH = 2048;

/** @throws {TypeError} for a network that is none */
export function createFetcher(options: FetcherOptions): Fetcher {
  const rules = createAddressRules(options.allowPrivate);
  const lookup = createGuardedLookup(rules, options.resolveName ?? resolveBySystem);
  // Reading the certificates takes longer than most requests.
  let secureContext: SecureContext | undefined;
  const readSecureContext = () => {
    secureContext ??= createSecureContext({
      ca: [...rootCertificates, ...(options.readTrustedCertificates?.() ?? [])],
    });
    return secureContext;
  };
  return {
    async fetch(request) {
      const limits = { ...DEFAULT_FETCH_LIMITS, ...request.limits };
      const deadline = AbortSignal.timeout(limits.timeoutMs);
      const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
      let hop: HopRequest = {
        url: parseAddress(request.url),
        method: request.method ?? 'GET',
        headers: { 'user-agent': options.userAgent ?? 'Propusk', ...request.headers },
        body: request.body,
      };
      for (let hops = 0; hops <= limits.maxRedirects; hops += 1) {
        checkLiteralHost(hop.url, rules);
        const answer = await requestHop(hop, {
          lookup,
          limits,
          signal,
          secureContext: hop.url.protocol === 'https:' ? readSecureContext() : undefined,
        });
        const { location } = answer.headers;
        if (!REDIRECTS.has(answer.status) || location === undefined) return finish(hop.url, answer, request);
        hop = redirect(hop, answer.status, location);
      }
      throw new FetchError('too-many-redirects');
    },
  };
}

function finish(url: URL, { status, headers, body }: HopAnswer, request: FetchRequest): FetchAnswer {
  const isSuccess = status >= 200 && status <= 299;
  if (!isSuccess && request.failedStatus !== 'returned') throw new FetchError('status', { status });
  return { status, headers, body, url: url.href };
}

/** RFC 9110, 15.4: what was sent is sent again after 307 and 308 only, and secrets never to another origin. */
function redirect(hop: HopRequest, status: number, location: string): HopRequest {
  const url = parseAddress(location, hop.url);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:' && hop.method !== 'GET') {
    throw new FetchError('address-refused', { detail: 'from https to http' });
  }
  const isRepeated = hop.method === 'GET' || status === 307 || status === 308;
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => {
      const key = name.toLowerCase();
      if (url.origin !== hop.url.origin && (key === 'authorization' || key === 'cookie')) return false;
      return isRepeated || !key.startsWith('content-');
    }),
  );
  if (isRepeated && hop.body !== undefined && url.origin !== hop.url.origin) {
    throw new FetchError('address-refused', { detail: 'what was sent is not for another server' });
  }
  return isRepeated ? { ...hop, url, headers } : { url, headers, method: 'GET', body: undefined };
}

function parseAddress(text: string, base?: URL): URL {
  const url = text.length <= MAX_ADDRESS_LENGTH ? URL.parse(text, base?.href) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new FetchError('address-unsupported');
  }
  if (url.username !== '' || url.password !== '') throw new FetchError('address-unsupported');
  url.hash = '';
  return url;
}
