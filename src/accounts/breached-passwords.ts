import { dictionary } from '@zxcvbn-ts/language-common';

const BREACHED: ReadonlySet<string> = new Set(dictionary['passwords-common']);
/** Shorter words of the list are inside of too many good passwords. */
const CORE_MIN_CHARACTERS = 4;

/**
 * Whether the password became known in breaches, or is such a one with digits and signs around it.
 *
 * @param folded in small letters
 */
export function isBreached(folded: string): boolean {
  if (BREACHED.has(folded)) return true;
  const core = folded.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  return core.length >= CORE_MIN_CHARACTERS && BREACHED.has(core);
}
