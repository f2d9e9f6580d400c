import type { Random } from '../kernel/random.ts';

/** No 0/o, 1/i/l, 2/z, 5/s, 8/b, u/v: read aloud and copied by hand without a mistake. 24 signs, 4.58 bits each. */
const ALPHABET = '34679acdefghjkmnpqrtuwxy';
const GROUPS = 4;
const GROUP_CHARACTERS = 4;

/** A first password like `k7fm-9xqt-cdwa-4hnp`: 16 random signs, 73 bits. */
export function makeFirstPassword(random: Random): string {
  const signs: string[] = [];
  // Octets above the last whole multiple would make the first letters of the alphabet more frequent.
  const limit = 256 - (256 % ALPHABET.length);
  while (signs.length < GROUPS * GROUP_CHARACTERS) {
    for (const octet of random.bytes(GROUPS * GROUP_CHARACTERS)) {
      if (octet < limit) signs.push(ALPHABET.charAt(octet % ALPHABET.length));
    }
  }
  return Array.from({ length: GROUPS }, (_, group) =>
    signs.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS).join(''),
  ).join('-');
}
