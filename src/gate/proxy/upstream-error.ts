import type { ProblemCode } from '../../kernel/problem.ts';

type UpstreamProblem = Extract<ProblemCode, 'upstream-timeout' | 'upstream-unreachable' | 'request-invalid'>;

/** What is told of a failure between us and the application; its text goes to the log only. */
export function upstreamProblem(error: unknown): UpstreamProblem {
  switch (codeOf(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'ETIMEDOUT':
      return 'upstream-timeout';
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return 'request-invalid';
    default:
      return 'upstream-unreachable';
  }
}

/** An idle connection that the application closed at the moment at which we used it. */
export function isStaleConnection(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
