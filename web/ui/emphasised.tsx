import type { ReactNode } from 'react';

/** Parts in «» or “”: the words of other windows, buttons and folders. */
const QUOTED = /(«[^»]+»|“[^”]+”)/;

/** A text with the words to look for in bold, so that a step can be followed at a glance. */
export function Emphasised({ text }: { readonly text: string }): ReactNode {
  return text.split(QUOTED).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
      <b key={index}>{part}</b>
    ) : (
      part
    ),
  );
}
