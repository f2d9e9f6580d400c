/**
 * Text from certificates for people: what cannot be seen or turns the line round is shown by its number, so that a name
 * is what it looks like. For names and other short texts; RFC 4514 texts of names are safe already.
 */
const MAX_LENGTH = 512;

/** Controls, formatting (bidirectional overrides, zero width), line and paragraph ends, lone surrogates, private use. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** At most 512 characters and an ellipsis. */
export function displayText(text: string): string {
  const shortened = [...text.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH).join('');
  const shown = shortened.replaceAll(HIDDEN, (hidden) => {
    const number = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${number}]`;
  });
  return shortened.length < text.length ? `${shown}…` : shown;
}
