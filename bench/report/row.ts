import type { Spread } from '../measure/statistics.ts';

/** One line of the table. */
export interface Row {
  readonly scenario: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly peer: { readonly name: string; readonly value: Spread } | undefined;
  /** Above 1 we are better, unless the scenario says otherwise. */
  readonly ratio: Spread | undefined;
  /** Undefined: told for the reader, nothing is promised. */
  readonly aim: Aim | undefined;
  /** What one has to know to believe the numbers. */
  readonly note: string;
}

export interface Aim {
  readonly text: string;
  readonly met: boolean;
}

export function atLeast(limit: number, value: number): Aim {
  return { text: `ratio >= ${limit}`, met: value >= limit };
}

export function atMost(what: string, limit: number, unit: string, value: number): Aim {
  return { text: `${what} <= ${limit}${unit === '' ? '' : ` ${unit}`}`, met: value <= limit };
}
