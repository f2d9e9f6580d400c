/** What one check of `propusk doctor` found. */
export interface CheckResult {
  readonly check: string;
  readonly status: 'good' | 'warning' | 'problem';
  readonly finding: string;
  /** What to do; only where something is to be done. */
  readonly advice?: string;
}

export function good(check: string, finding: string): CheckResult {
  return { check, status: 'good', finding };
}

export function warning(check: string, finding: string, advice: string): CheckResult {
  return { check, status: 'warning', finding, advice };
}

export function problem(check: string, finding: string, advice: string): CheckResult {
  return { check, status: 'problem', finding, advice };
}
