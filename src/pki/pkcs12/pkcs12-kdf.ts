/** The key derivation of PKCS#12 (RFC 7292, appendix B.2). */
import { hash } from 'node:crypto';

export type Pkcs12Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** u and v of appendix B.2, in octets. */
export const PKCS12_DIGESTS: Readonly<
  Record<Pkcs12Digest, { readonly output: number; readonly block: number }>
> = {
  sha1: { output: 20, block: 64 },
  sha224: { output: 28, block: 64 },
  sha256: { output: 32, block: 64 },
  sha384: { output: 48, block: 128 },
  sha512: { output: 64, block: 128 },
};

/** The ID octet of appendix B.3. */
const PURPOSES = { key: 1, iv: 2, mac: 3 } as const;

export interface Pkcs12Derivation {
  readonly digest: Pkcs12Digest;
  readonly purpose: keyof typeof PURPOSES;
  /** As {@link encodePkcs12Password} makes it. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

/** UTF-16BE with two zero octets at the end (RFC 7292, appendix B.1). */
export function encodePkcs12Password(password: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${password}\0`, 'utf16le').swap16());
}

/** How many rounds of the digest a derivation takes. */
export function pkcs12Rounds({ digest, iterations, length }: Pkcs12Derivation): number {
  return iterations * Math.ceil(length / PKCS12_DIGESTS[digest].output);
}

export function derivePkcs12({
  digest,
  purpose,
  password,
  salt,
  iterations,
  length,
}: Pkcs12Derivation): Uint8Array {
  const { block } = PKCS12_DIGESTS[digest];
  const diversifier = new Uint8Array(block).fill(PURPOSES[purpose]);
  const input = Buffer.concat([repeatToBlocks(salt, block), repeatToBlocks(password, block)]);
  const output: Uint8Array[] = [];
  for (let made = 0; made < length; ) {
    let state = hash(digest, Buffer.concat([diversifier, input]), 'buffer');
    for (let round = 1; round < iterations; round += 1) state = hash(digest, state, 'buffer');
    output.push(state);
    made += state.length;
    addToBlocks(input, repeatToBlocks(state, block).subarray(0, block), block);
  }
  return new Uint8Array(Buffer.concat(output).subarray(0, length));
}

/** Steps 2 and 3: copies until a multiple of the block is filled; nothing stays nothing. */
function repeatToBlocks(bytes: Uint8Array, block: number): Uint8Array {
  const filled = new Uint8Array(block * Math.ceil(bytes.length / block));
  for (let index = 0; index < filled.length; index += 1) filled[index] = bytes[index % bytes.length] ?? 0;
  return filled;
}

/** Step 6 C: each block of the input becomes (block + addend + 1) modulo 2^v. */
function addToBlocks(input: Uint8Array, addend: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index -= 1) {
      carry += (input[start + index] ?? 0) + (addend[index] ?? 0);
      input[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
}
