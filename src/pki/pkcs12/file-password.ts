/**
 * The password of a certificate's file, as a person types it from a telephone: lower-case ASCII letters and digits in
 * one piece. Left out is what a small screen makes look alike: i l 1, o 0, q (9), v (u), z 2, s 5.
 */
import type { Random } from '../../kernel/random.ts';

export const FILE_PASSWORD_ALPHABET = 'abcdefghjkmnprtuwxy346789';
export const FILE_PASSWORD_CHARACTERS = 13;

/**
 * 13 characters of 25: 60.4 bits, each equally likely. The file can be attacked offline, so this number and not the
 * count of iterations is what protects it.
 */
export function makeFilePassword(random: Random): string {
  const size = FILE_PASSWORD_ALPHABET.length;
  // Octets from the highest whole multiple of the alphabet on would favour its first characters.
  const limit = 256 - (256 % size);
  let password = '';
  while (password.length < FILE_PASSWORD_CHARACTERS) {
    for (const octet of random.bytes(FILE_PASSWORD_CHARACTERS)) {
      if (octet < limit && password.length < FILE_PASSWORD_CHARACTERS) {
        password += FILE_PASSWORD_ALPHABET.charAt(octet % size);
      }
    }
  }
  return password;
}
