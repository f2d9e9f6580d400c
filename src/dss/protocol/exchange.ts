/** JSON over HTTP with a DSS: what came back, or a {@link DssError}. */
import { FetchError } from '../../fetching/fetch-error.ts';
import type { Fetcher } from '../../fetching/fetcher.ts';
import { refusalAnswer } from './answers.ts';
import { DssError, type DssPlace } from './dss-error.ts';

export interface Asked {
  readonly url: string;
  /** Whole `Authorization` field. */
  readonly authorization?: string;
  /** With it the request is a POST. */
  readonly body?: object;
  readonly place: DssPlace;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Answered {
  readonly status: number;
  /** Undefined: no JSON. */
  readonly json: unknown;
  /** What the other side's clock shows, where it says so. */
  readonly serverTime: Date | undefined;
}

export type Exchange = (asked: Asked) => Promise<Answered>;

/** Services are known to think for half a minute. */
const TIMEOUT_MS = 45_000;
const MAX_BYTES = 1_000_000;

export function createExchange(fetcher: Fetcher): Exchange {
  return async ({
    url,
    authorization,
    body,
    place,
    timeoutMs = TIMEOUT_MS,
    maxBytes = MAX_BYTES,
    signal,
  }) => {
    try {
      const answer = await fetcher.fetch({
        url,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(authorization === undefined ? {} : { authorization }),
          ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        limits: { timeoutMs, idleMs: timeoutMs, maxBytes, maxRedirects: 3, minBytesPerSecond: 0 },
        failedStatus: 'returned',
        ...(signal && { signal }),
      });
      const date = Date.parse(answer.headers.date ?? '');
      return {
        status: answer.status,
        json: parseJson(answer.body),
        serverTime: Number.isNaN(date) ? undefined : new Date(date),
      };
    } catch (error) {
      throw error instanceof FetchError ? toDssError(error, place) : error;
    }
  };
}

/** What a status outside 200 to 299 means, once it is known that a DSS answers. */
export function refusalOf({ status, json }: Answered, place: DssPlace): DssError {
  const parsed = refusalAnswer.safeParse(json);
  const serverCode = parsed.success ? codeOf(parsed.data.error ?? parsed.data.message) : undefined;
  const options = { place, status, ...(serverCode === undefined ? {} : { serverCode }) };
  if (serverCode === 'invalid_pin') return new DssError('pin-wrong', options);
  if (serverCode === 'certificate_not_found' || serverCode === 'invalid_certificate') {
    return new DssError('certificate-unusable', options);
  }
  switch (status) {
    case 401:
      return new DssError('sign-in-over', options);
    case 403:
      return new DssError('forbidden', options);
    case 404:
    case 405:
      return new DssError('not-a-dss', options);
    default:
      return new DssError(status >= 500 ? 'server-error' : 'answer-unexpected', options);
  }
}

/** Codes are words such as `invalid_pin`; anything longer is a text for people and is not kept. */
export function codeOf(value: string | null | undefined): string | undefined {
  return value && /^[a-z][a-z0-9_]{2,63}$/i.test(value) ? value.toLowerCase() : undefined;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

const UNTRUSTED =
  /^(?:UNABLE_TO_(?:VERIFY|GET_ISSUER)|SELF_SIGNED|DEPTH_ZERO|CERT_(?:UNTRUSTED|REJECTED)|INVALID_CA)/;
const OF_CERTIFICATE = /^(?:CERT_|ERR_TLS_CERT_ALTNAME|HOSTNAME_)/;

function toDssError(error: FetchError, place: DssPlace): DssError {
  const options = { place, cause: error };
  switch (error.category) {
    case 'address-unsupported':
      return new DssError('address-invalid', options);
    case 'address-refused':
    case 'name-unknown':
    case 'unreachable':
    case 'too-slow':
      return new DssError(error.category, options);
    case 'tls-failed': {
      const code = causeCodeOf(error);
      if (UNTRUSTED.test(code)) return new DssError('tls-untrusted', options);
      if (OF_CERTIFICATE.test(code)) return new DssError('tls-certificate', options);
      // No certificate was looked at: the two have found no algorithm that both speak.
      return new DssError(isHandshakeRefused(error, code) ? 'tls-gost' : 'unreachable', options);
    }
    case 'too-large':
    case 'too-many-redirects':
    case 'status':
      return new DssError('not-a-dss', options);
    case 'answer-broken':
      return new DssError('unreachable', options);
  }
}

function isHandshakeRefused(error: FetchError, code: string): boolean {
  const message = error.cause instanceof Error ? error.cause.message : '';
  return /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|INSUFFICIENT_SECURITY|NO_PROTOCOLS/i.test(
    `${code} ${message}`.replaceAll(' ', '_'),
  );
}

function causeCodeOf(error: FetchError): string {
  const { cause } = error;
  const found = cause instanceof AggregateError ? cause.errors[0] : cause;
  return found instanceof Error && 'code' in found && typeof found.code === 'string' ? found.code : '';
}
