const DAY_MS = 86_400_000;

/** Of what ends in this stretch of time the nearest threshold is the same. */
export interface Band {
  readonly thresholdDays: number;
  /** Thresholds that were reached before it. */
  readonly passedDays: readonly number[];
  readonly after: Date;
  readonly through: Date;
}

/**
 * Divides the time from now to the greatest threshold, so that each thing that ends lies in the band of the one
 * threshold that is told now. After a month without the program a certificate with two days left is told of once, and
 * not once for each of 14, 7 and 3.
 */
export function planBands(thresholdDays: readonly number[], now: Date): readonly Band[] {
  const descending = [...new Set(thresholdDays)].sort((a, b) => b - a);
  const daysFromNow = (days: number) => new Date(now.getTime() + days * DAY_MS);
  return descending.map((days, index) => ({
    thresholdDays: days,
    passedDays: descending.slice(0, index),
    after: daysFromNow(descending[index + 1] ?? 0),
    through: daysFromNow(days),
  }));
}
