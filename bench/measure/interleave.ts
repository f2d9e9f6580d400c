import { type Spread, spreadOf } from './statistics.ts';

export interface Pair {
  readonly ours: Spread;
  readonly peer: Spread;
  /** Of each pair of neighbours, so that a machine that gets slower in between weighs on both sides. */
  readonly ratio: Spread;
  readonly pairs: number;
}

const FEWEST_PAIRS = 3;

/**
 * Measures the two in turn, peer first, and divides neighbours.
 * @param budgetMs after this no further pair is begun, once there are three
 */
export async function interleave(input: {
  readonly ours: () => Promise<number>;
  readonly peer: () => Promise<number>;
  readonly ratio: (ours: number, peer: number) => number;
  readonly pairs: number;
  readonly budgetMs: number;
}): Promise<Pair> {
  const ours: number[] = [];
  const peer: number[] = [];
  const ratios: number[] = [];
  const deadline = performance.now() + input.budgetMs;
  while (ratios.length < input.pairs) {
    if (ratios.length >= FEWEST_PAIRS && performance.now() > deadline) break;
    const peerValue = await input.peer();
    const ourValue = await input.ours();
    peer.push(peerValue);
    ours.push(ourValue);
    ratios.push(input.ratio(ourValue, peerValue));
  }
  return { ours: spreadOf(ours), peer: spreadOf(peer), ratio: spreadOf(ratios), pairs: ratios.length };
}
