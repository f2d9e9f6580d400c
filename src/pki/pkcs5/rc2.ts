/**
 * RC2 in CBC mode (RFC 2268), reading only: Windows and OpenSSL before 3.0 encrypted the certificates of PKCS#12 files
 * with it, and OpenSSL keeps it away from programs. As weak as a cipher can be; certificates are no secret.
 */
import { PbeError } from './pbe-error.ts';

/** The permutation of section 2. */
const PERMUTATION = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

const BLOCK = 8;

/** @throws {PbeError} `decryption-failed`: a wrong key shows as wrong padding. */
export function decryptRc2Cbc(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  if (ciphertext.length === 0 || ciphertext.length % BLOCK !== 0) throw damaged();
  const words = expandKey(key, effectiveBits);
  const plaintext = new Uint8Array(ciphertext.length);
  let previous = iv;
  for (let offset = 0; offset < ciphertext.length; offset += BLOCK) {
    const block = ciphertext.subarray(offset, offset + BLOCK);
    const decrypted = decryptBlock(words, block);
    for (const [index, octet] of decrypted.entries())
      plaintext[offset + index] = octet ^ (previous[index] ?? 0);
    previous = block;
  }
  const padding = plaintext.at(-1) ?? 0;
  const isPadded =
    padding >= 1 && padding <= BLOCK && plaintext.subarray(-padding).every((octet) => octet === padding);
  if (!isPadded) throw damaged();
  return plaintext.subarray(0, -padding);
}

/** Section 2. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key);
  const pi = (index: number) => PERMUTATION[index & 0xff] ?? 0;
  for (let at = key.length; at < 128; at += 1)
    octets[at] = pi((octets[at - 1] ?? 0) + (octets[at - key.length] ?? 0));
  const effectiveOctets = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveOctets - effectiveBits);
  octets[128 - effectiveOctets] = pi((octets[128 - effectiveOctets] ?? 0) & mask);
  for (let at = 127 - effectiveOctets; at >= 0; at -= 1)
    octets[at] = pi((octets[at + 1] ?? 0) ^ (octets[at + effectiveOctets] ?? 0));
  return Uint16Array.from(
    { length: 64 },
    (_, word) => (octets[2 * word] ?? 0) | ((octets[2 * word + 1] ?? 0) << 8),
  );
}

const ROTATIONS = [1, 2, 3, 5];

/** Section 4: five, six and five rounds backwards, with a mashing round between. */
function decryptBlock(key: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from(
    { length: 4 },
    (_, word) => (block[2 * word] ?? 0) | ((block[2 * word + 1] ?? 0) << 8),
  );
  const word = (index: number) => r[index & 3] ?? 0;
  for (let round = 15; round >= 0; round -= 1) {
    for (let at = 3; at >= 0; at -= 1) {
      const rotation = ROTATIONS[at] ?? 0;
      const rotated = (word(at) >>> rotation) | (word(at) << (16 - rotation));
      r[at] =
        rotated - (key[4 * round + at] ?? 0) - (word(at + 3) & word(at + 2)) - (~word(at + 3) & word(at + 1));
    }
    if (round === 11 || round === 5) {
      for (let at = 3; at >= 0; at -= 1) r[at] = word(at) - (key[word(at + 3) & 63] ?? 0);
    }
  }
  return Uint8Array.from({ length: BLOCK }, (_, index) => (word(index >> 1) >>> (8 * (index & 1))) & 0xff);
}

function damaged(): PbeError {
  return new PbeError('decryption-failed', 'the padding is wrong');
}
