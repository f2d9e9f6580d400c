/**
 * What went wrong with a request, for the pages. `code` is one of the server's closed list, or `network` where no
 * answer came at all and `answer-not-understood` where it was not one of ours.
 */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  /** When to try again, of the header `Retry-After` (RFC 9110, section 10.2.3). */
  readonly retryAfterSeconds: number | undefined;

  /** How often a one-time code can still be tried. */
  readonly triesLeft: number | undefined;

  constructor(
    code: string,
    options: {
      status?: number;
      retryAfterSeconds?: number | undefined;
      triesLeft?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.status = options.status ?? 0;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.triesLeft = options.triesLeft;
  }
}

export function problemCode(error: unknown): string {
  return error instanceof ApiProblem ? error.code : 'internal';
}

/** @returns the problem of an answer that is no success (RFC 9457) */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'));
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const body: unknown = isProblem ? await response.json().catch(() => undefined) : undefined;
  const code =
    typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
      ? body.code
      : 'answer-not-understood';
  const triesLeft =
    typeof body === 'object' && body !== null && 'triesLeft' in body && typeof body.triesLeft === 'number'
      ? body.triesLeft
      : undefined;
  return new ApiProblem(code, { status: response.status, retryAfterSeconds, triesLeft });
}

function parseRetryAfter(value: string | null): number | undefined {
  if (value === null || !/^\d{1,6}$/.test(value)) return undefined;
  return Number(value);
}
