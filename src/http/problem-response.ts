import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { ProblemError, presentProblem } from '../kernel/problem.ts';

export interface ProblemMessage {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** An `application/problem+json` message (RFC 9457) for whatever was thrown. */
export function problemMessage(error: unknown): ProblemMessage {
  const problem = presentProblem(error);
  const body = Buffer.from(JSON.stringify(problem));
  const headers = [
    'Content-Type',
    'application/problem+json',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
  ];
  if (error instanceof ProblemError && error.retryAfterSeconds !== undefined) {
    headers.push('Retry-After', String(error.retryAfterSeconds));
  }
  return { status: problem.status, headers, body };
}

/** Answers a raw request of Node's servers; a response that has begun is cut off instead. */
export function writeProblem(
  response: ServerResponse | Http2ServerResponse,
  error: unknown,
  extraHeaders: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body } = problemMessage(error);
  response.statusCode = status;
  for (let index = 0; index < headers.length; index += 2) {
    response.setHeader(headers[index] ?? '', headers[index + 1] ?? '');
  }
  for (const [name, value] of Object.entries(extraHeaders)) response.setHeader(name, value);
  response.end(body);
}
