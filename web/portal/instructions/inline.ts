export type Inline =
  | { readonly kind: 'plain'; readonly text: string }
  /** The words of other windows, buttons and folders. */
  | { readonly kind: 'label'; readonly text: string }
  | { readonly kind: 'reference'; readonly id: string };

const PARTS = /(\[\[[a-z-]+\]\]|«[^»]+»|“[^”]+”)/;

/** Takes a text of a block apart. */
export function splitInline(text: string): readonly Inline[] {
  return text
    .split(PARTS)
    .filter((part) => part !== '')
    .map((part): Inline => {
      if (part.startsWith('[[')) return { kind: 'reference', id: part.slice(2, -2) };
      if (/^[«“]/.test(part)) return { kind: 'label', text: part };
      return { kind: 'plain', text: part };
    });
}
