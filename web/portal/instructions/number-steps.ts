import type { Block } from './blocks.ts';

/** The number of the first step of each block: steps that only a picture comes between are one list. */
export function numberSteps(blocks: readonly Block[]): readonly number[] {
  let next = 1;
  return blocks.map((block) => {
    if (block.kind !== 'steps') {
      if (block.kind !== 'picture') next = 1;
      return next;
    }
    const start = next;
    next += block.steps.length;
    return start;
  });
}
