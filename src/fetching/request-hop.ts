import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Duplex, pipeline, type Readable, Transform } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchError } from './fetch-error.ts';
import type { FetchLimits } from './fetcher.ts';

export interface HopRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HopOptions {
  readonly lookup: LookupFunction;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  /** Of https: whose certificates are believed. */
  readonly secureContext: SecureContext | undefined;
}

const MAX_HEADER_BYTES = 32 * 1024;
const SPEED_GRACE_MS = 10_000;
/** Of answers that are not read as such, redirects for example. */
const MAX_BYTES_UNUSED = 64 * 1024;

/** One request on a connection of its own; redirects are answers like any other. @throws {FetchError} */
export async function requestHop(hop: HopRequest, options: HopOptions): Promise<HopAnswer> {
  try {
    const response = await send(hop, options);
    const headers = headersOf(response);
    const status = response.statusCode ?? 0;
    try {
      return { status, headers, body: await read(response, headers, status, options) };
    } finally {
      response.destroy();
    }
  } catch (error) {
    throw categorised(error, options.signal);
  }
}

function send(hop: HopRequest, options: HopOptions): Promise<IncomingMessage> {
  const { lookup, limits, signal, secureContext } = options;
  return new Promise((resolve, reject) => {
    const common = {
      method: hop.method,
      headers: {
        'accept-encoding': 'gzip, deflate, br',
        ...hop.headers,
        ...(hop.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(hop.body)) }),
      },
      lookup,
      signal,
      // No connection is used twice: what was checked for one request says nothing about the next.
      agent: false,
      timeout: limits.idleMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    } as const;
    const request =
      hop.url.protocol === 'https:'
        ? requestHttps(hop.url, {
            ...common,
            ...(secureContext && { secureContext }),
          })
        : requestHttp(hop.url, common);
    request.once('response', resolve);
    request.once('timeout', () => request.destroy(new FetchError('too-slow')));
    request.on('error', reject);
    request.end(hop.body);
  });
}

/** Counts what comes out of decompression, so that a small answer cannot unfold into a huge one. */
async function read(
  response: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  status: number,
  { limits }: HopOptions,
): Promise<Uint8Array> {
  const isUsed = status < 300 || status > 399;
  const maxBytes = isUsed ? limits.maxBytes : Math.min(limits.maxBytes, MAX_BYTES_UNUSED);
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new FetchError('too-large');
  const chunks: Buffer[] = [];
  let size = 0;
  const decoded = decode(response, headers['content-encoding'], limits.minBytesPerSecond);
  try {
    for await (const chunk of decoded) {
      if (!(chunk instanceof Uint8Array)) throw new FetchError('answer-broken');
      size += chunk.length;
      if (size > maxBytes) throw new FetchError('too-large');
      chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    }
  } finally {
    decoded.destroy();
  }
  return Buffer.concat(chunks);
}

function decode(
  response: IncomingMessage,
  encoding: string | undefined,
  minBytesPerSecond: number,
): Readable {
  const meter = createMeter(minBytesPerSecond);
  const decompress = decompressorOf(encoding);
  // What fails anywhere ends the last of them with its error, which the reader gets.
  if (decompress === undefined) return pipeline(response, meter, () => undefined);
  return pipeline(response, meter, decompress, () => undefined);
}

function decompressorOf(encoding: string | undefined): Duplex | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new FetchError('answer-broken', { detail: 'content-encoding' });
  }
}

function createMeter(minBytesPerSecond: number): Transform {
  const started = performance.now();
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      const elapsed = performance.now() - started;
      const isTooSlow = elapsed > SPEED_GRACE_MS && received < (minBytesPerSecond * elapsed) / 1000;
      if (isTooSlow) done(new FetchError('too-slow'));
      else done(null, chunk);
    },
  });
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ECONNABORTED',
  'EPIPE',
]);

function categorised(error: unknown, signal: AbortSignal): Error {
  if (error instanceof FetchError) return error;
  if (signal.aborted) {
    const isTime = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    return isTime
      ? new FetchError('too-slow', { cause: error })
      : new FetchError('unreachable', { cause: error });
  }
  const found = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(found) ?? codeOf(error) ?? '';
  if (found instanceof FetchError) return found;
  if (code === 'ETIMEDOUT') return new FetchError('too-slow', { cause: error });
  if (UNREACHABLE.has(code)) return new FetchError('unreachable', { cause: error });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new FetchError('name-unknown', { cause: error });
  if (isTlsCode(code)) return new FetchError('tls-failed', { cause: error });
  return new FetchError('answer-broken', { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `x509-verify` codes of OpenSSL, as Node names them. */
function isTlsCode(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|INVALID_(?:CA|PURPOSE)|HOSTNAME_)/u.test(
    code,
  );
}
