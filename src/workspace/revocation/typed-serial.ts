import type { SerialNumber } from '../../kernel/brand.ts';

/** Twice what certificates that can be read here have. */
const MOST_DIGITS = 160;

/**
 * A serial number as people copy it: hexadecimal with spaces, colons or hyphens, with or without zeros before it, or
 * decimal. Digits alone can be both, so there may be several, the most likely one first; none for what is no number.
 */
export function readTypedSerial(text: string): readonly SerialNumber[] {
  const typed = text.replaceAll(/[\s:.–-]/gu, '').toLowerCase();
  const digits = typed.replace(/^0x/u, '');
  if (digits.length === 0 || digits.length > MOST_DIGITS || !/^[0-9a-f]+$/u.test(digits)) return [];
  const found = [asInteger(digits), evenDigits(digits)];
  if (/^\d+$/u.test(typed)) found.push(asInteger(BigInt(typed).toString(16)));
  return [...new Set(found)] as SerialNumber[];
}

/** As DER writes a number that is not negative (X.690, 8.3.2). */
function asInteger(digits: string): string {
  const short = evenDigits(digits.replace(/^0+(?=.)/u, ''));
  return Number.parseInt(short.slice(0, 2), 16) >= 0x80 ? `00${short}` : short;
}

function evenDigits(digits: string): string {
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
