import { splitHits } from './hits.ts';
import classes from './workspace.module.css';

/** A text with what was searched for marked. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return splitHits(text, words).map((part, at) =>
    part.isHit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
      <mark key={at} className={classes.hit}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
