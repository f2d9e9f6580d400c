/** Which of several outcomes is told: the better verdict, then the one that is nearest to being valid. */
import type { PathOutcome } from '../path-inputs.ts';
import type { PathReasonCode } from '../reasons.ts';

const VERDICTS = { valid: 2, unknown: 1, invalid: 0 } as const;

/** A signature that does not match most often means that this was never the issuer. */
const WEIGHTS: Partial<Record<PathReasonCode, number>> = {
  'signature-mismatch': 20,
  'issuer-name-mismatch': 20,
  'signature-key-unusable': 10,
  'work-exhausted': 10,
};

export function isBetter(outcome: PathOutcome, than: PathOutcome): boolean {
  const byVerdict = VERDICTS[outcome.verdict] - VERDICTS[than.verdict];
  return byVerdict === 0 ? weightOf(outcome) < weightOf(than) : byVerdict > 0;
}

function weightOf({ reasons }: PathOutcome): number {
  return reasons.reduce((sum, { code }) => sum + (WEIGHTS[code] ?? 1), 0);
}
