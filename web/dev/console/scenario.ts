import type { MeView } from '../../../src/console/contract.ts';

/** What the console's server answers in one state of one page. */
export interface ConsoleScenario {
  readonly path: string;
  readonly me: MeView;
  /** `GET /api/sessions` -> its answer. What is not named is not found. */
  readonly answers: Readonly<Record<string, ConsoleAnswer>>;
  /** Chosen in the page's field for files once it is there. */
  readonly files?: readonly string[];
}

export type ConsoleAnswer =
  | { readonly kind: 'json'; readonly body: object; readonly revision?: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'problem'; readonly code: string; readonly status: number }
  /** Nothing ever comes: skeletons. */
  | { readonly kind: 'hang' }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut' };

export function json(body: object): ConsoleAnswer {
  return { kind: 'json', body };
}

export function problem(code: string, status: number): ConsoleAnswer {
  return { kind: 'problem', code, status };
}
