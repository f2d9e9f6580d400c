import type { ReactNode } from 'react';
import classes from './emphasised.module.css';

/** Parts in «» or “”: the words of other windows, buttons and folders. And the last digits of a telephone number. */
const PARTS = /(«[^»]+»|“[^”]+”|…\d\d-\d\d)/;

/**
 * A text with the words to look for in bold, so that a step can be followed at a glance, and with telephone numbers that
 * are never broken between two lines.
 */
export function Emphasised({ text }: { readonly text: string }): ReactNode {
  return text.split(PARTS).map((part, index) => {
    if (index % 2 === 0) return part;
    return part.startsWith('…') ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
      <span key={index} className={classes.unbroken}>
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
      <b key={index}>{part}</b>
    );
  });
}
