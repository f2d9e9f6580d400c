import type { KeyPairFiles } from './certificate-authority.ts';
import { runCommand } from './run-command.ts';

export interface CurlRequest {
  /** Its host is resolved to the loopback address. The path goes out as written, dots included. */
  readonly url: string;
  /** PEM file that must have signed the server's certificate; without it any is taken. */
  readonly caPem?: string;
  /** Presented when the server asks. */
  readonly certificate?: KeyPairFiles;
  readonly http?: '1.1' | '2';
  /** Exactly this version. */
  readonly tls?: '1.2' | '1.3';
  readonly method?: string;
  /** As curl takes them, for example `Host: other`. */
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  /** A file in which cookies are kept between calls. */
  readonly cookieJar?: string;
  readonly timeoutMs?: number;
  readonly moreArguments?: readonly string[];
}

export interface CurlResponse {
  /** 0, or what curl's manual lists under EXIT CODES. */
  readonly exitCode: number;
  /** 0 when there was no response. */
  readonly status: number;
  /** `1.1` or `2`. */
  readonly httpVersion: string;
  /** Names in lower case; a repeated field has its values in their order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  readonly text: string;
  readonly stderr: string;
}

function argumentsOf(request: CurlRequest): string[] {
  const { hostname, port } = new URL(request.url);
  const options: (readonly string[])[] = [
    ['--silent', '--show-error', '--include', '--path-as-is', '--globoff'],
    // Nothing of the machine's own: no proxy, no configuration file.
    ['--noproxy', '*'],
    ['--resolve', `${hostname}:${port === '' ? '443' : port}:127.0.0.1`],
    request.caPem === undefined ? ['--insecure'] : ['--cacert', request.caPem],
    request.http === '2' ? ['--http2'] : ['--http1.1'],
  ];
  if (request.tls !== undefined) options.push([`--tlsv${request.tls}`, '--tls-max', request.tls]);
  if (request.certificate !== undefined) {
    options.push(['--cert', request.certificate.certificatePem, '--key', request.certificate.keyPem]);
  }
  if (request.method === 'HEAD') options.push(['--head']);
  else if (request.method !== undefined) options.push(['--request', request.method]);
  for (const header of request.headers ?? []) options.push(['--header', header]);
  if (request.body !== undefined) options.push(['--data-binary', '@-']);
  if (request.cookieJar !== undefined) {
    options.push(['--cookie', request.cookieJar, '--cookie-jar', request.cookieJar]);
  }
  return ['--disable', ...options.flat(), ...(request.moreArguments ?? []), '--', request.url];
}

interface Head {
  readonly status: number;
  readonly httpVersion: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly length: number;
}

function parseHead(response: Buffer): Head | undefined {
  const end = response.indexOf('\r\n\r\n');
  const [statusLine, ...fields] = response.toString('latin1', 0, Math.max(end, 0)).split('\r\n');
  const [, httpVersion, status] = /^HTTP\/(\S+) (\d{3})/.exec(statusLine ?? '') ?? [];
  if (httpVersion === undefined || status === undefined) return undefined;
  const headers = new Map<string, readonly string[]>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), field.slice(colon + 1).trim()]);
  }
  return { status: Number(status), httpVersion, headers, length: end + 4 };
}

/**
 * One request by the real curl. A failed connection is an answer too: look at `exitCode`.
 *
 * @throws Error when curl is not installed or takes longer than `timeoutMs` (20 s by default)
 */
export async function curl(request: CurlRequest): Promise<CurlResponse> {
  const result = await runCommand('curl', argumentsOf(request), {
    timeoutMs: request.timeoutMs ?? 20_000,
    ...(request.body === undefined ? {} : { input: request.body }),
  });
  let rest = result.stdout;
  let head = parseHead(rest);
  if (head !== undefined) rest = rest.subarray(head.length);
  // Interim responses such as 100 come first, each with a head of its own (RFC 9110, 15.2).
  while (head !== undefined && head.status < 200) {
    head = parseHead(rest);
    if (head !== undefined) rest = rest.subarray(head.length);
  }
  return {
    exitCode: result.exitCode,
    status: head?.status ?? 0,
    httpVersion: head?.httpVersion ?? '',
    headers: head?.headers ?? new Map(),
    body: rest,
    text: rest.toString('utf8'),
    stderr: result.stderr,
  };
}
