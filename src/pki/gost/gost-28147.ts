/**
 * GOST 28147-89 in CFB mode (RFC 5830, 7), reading only: what PKCS#12 files of GOST programs are encrypted with. The
 * substitutions are those of TC26 (RFC 7836, appendix C) and of CryptoPro (RFC 4357, 11.2, set A); the key is changed
 * after each kilobyte (RFC 4357, 2.3.2).
 */
type Substitution = readonly (readonly number[])[];

/** One row for each half octet, the lowest first. */
const rows = (...hex: readonly string[]): Substitution =>
  hex.map((row) => [...row].map((digit) => Number.parseInt(digit, 16)));

const SUBSTITUTIONS: Readonly<Record<string, Substitution>> = {
  '1.2.643.7.1.2.5.1.1': rows(
    'c462a5b9e8d703f1',
    '68239a5c1e47bd0f',
    'b3582fade174c960',
    'c821d4f670a53e9b',
    '7f5a816d093eb42c',
    '5df692cab78143e0',
    '8e25691cf4b0da37',
    '17ed05834fa69cb2',
  ),
  '1.2.643.2.2.31.1': rows(
    '96328b17a4efc0d5',
    '37e98af0526cb4d1',
    'e462b3d8cf5a0719',
    'e7acd13902b4f856',
    'b5198df0e423c7a6',
    '3adc120b75948fe6',
    '1d297a608c45f3be',
    'baf50ce8623917d4',
  ),
};

/** RFC 4357, 7. */
const NEXT_KEY = Buffer.from('6900722264c904238d3adb9646e92ac418feac9400ed0712c086dcc2ef4ca92b', 'hex');
const OCTETS_OF_A_KEY = 1024;

export function isKnownSubstitution(oid: string): boolean {
  return Object.hasOwn(SUBSTITUTIONS, oid);
}

/** @param key 32 octets, @param iv eight. */
export function decryptGost28147(
  substitutionOid: string,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const substitution = SUBSTITUTIONS[substitutionOid];
  if (!substitution) throw new TypeError(`no substitution ${substitutionOid}`);
  const plaintext = new Uint8Array(ciphertext.length);
  let cipher = new BlockCipher(substitution, key);
  let register: Uint8Array = Uint8Array.from(iv);
  for (let offset = 0; offset < ciphertext.length; offset += 8) {
    if (offset > 0 && offset % OCTETS_OF_A_KEY === 0) {
      cipher = new BlockCipher(substitution, cipher.decryptKey());
      register = cipher.encrypt(register);
    }
    const gamma = cipher.encrypt(register);
    const block = ciphertext.subarray(offset, offset + 8);
    for (const [index, octet] of block.entries()) plaintext[offset + index] = octet ^ (gamma[index] ?? 0);
    register = Uint8Array.from(block);
  }
  return plaintext;
}

/** RFC 5830, 5: 32 rounds over two halves of 32 bits, the lowest octet first. */
class BlockCipher {
  readonly #substitution: Substitution;
  readonly #key: readonly number[];

  constructor(substitution: Substitution, key: Uint8Array) {
    this.#substitution = substitution;
    const view = new DataView(key.buffer, key.byteOffset, 32);
    this.#key = Array.from({ length: 8 }, (_, word) => view.getUint32(4 * word, true));
  }

  /** Three times forward, once backward. */
  encrypt(block: Uint8Array): Uint8Array {
    return this.#run(block, (round) => (round < 24 ? round % 8 : 31 - round));
  }

  decryptKey(): Uint8Array {
    const key = new Uint8Array(32);
    for (let offset = 0; offset < 32; offset += 8) {
      const block = NEXT_KEY.subarray(offset, offset + 8);
      key.set(
        this.#run(block, (round) => (round < 8 ? round : (31 - round) % 8)),
        offset,
      );
    }
    return key;
  }

  #run(block: Uint8Array, keyOf: (round: number) => number): Uint8Array {
    const view = new DataView(block.buffer, block.byteOffset, 8);
    let [low, high] = [view.getUint32(0, true), view.getUint32(4, true)];
    for (let round = 0; round < 32; round += 1) {
      [low, high] = [(high ^ this.#mix((low + (this.#key[keyOf(round)] ?? 0)) >>> 0)) >>> 0, low];
    }
    // The last round does not exchange the halves.
    const result = new DataView(new ArrayBuffer(8));
    result.setUint32(0, high, true);
    result.setUint32(4, low, true);
    return new Uint8Array(result.buffer);
  }

  #mix(sum: number): number {
    let substituted = 0;
    for (const [place, row] of this.#substitution.entries())
      substituted |= (row[(sum >>> (4 * place)) & 15] ?? 0) << (4 * place);
    return (substituted << 11) | (substituted >>> 21);
  }
}
