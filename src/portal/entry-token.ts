/** The longest address that is kept, sealed by the gate. */
export const ENTRY_TOKEN_MAX = 4_096;

/** Whether it can be one; only opening it tells. */
export function isEntryToken(text: string | undefined): text is string {
  return text !== undefined && text.length <= ENTRY_TOKEN_MAX && /^[A-Za-z0-9_-]{43,}$/.test(text);
}
