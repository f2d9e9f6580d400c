import { ProblemError } from '../../kernel/problem.ts';

/** For tests: the problem that a call throws; anything else comes through. */
export function problemOf(call: () => unknown): {
  readonly code: string;
  readonly detail: string | undefined;
} {
  try {
    call();
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.code, detail: error.detail };
    throw error;
  }
  throw new Error('nothing was thrown');
}
