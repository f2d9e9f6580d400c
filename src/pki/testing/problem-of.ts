import { ProblemError } from '../../kernel/problem.ts';

/** The code and text of the problem that a call throws; anything else thrown comes through. */
export function problemOf(call: () => unknown): { code: string; detail: string | undefined } {
  try {
    call();
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.code, detail: error.detail };
    throw error;
  }
  throw new Error('nothing was thrown');
}
