export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** The nearest-rank quantile; the median of an even number is the mean of the middle two. */
export function quantile(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (index: number): number => {
    const value = sorted[Math.min(Math.max(index, 0), sorted.length - 1)];
    if (value === undefined) throw new RangeError('there is no value');
    return value;
  };
  if (part === 0.5 && sorted.length % 2 === 0) return (at(sorted.length / 2 - 1) + at(sorted.length / 2)) / 2;
  return at(Math.ceil(sorted.length * part) - 1);
}
