/**
 * RSASSA-PSS (RFC 8017, 8.1.2; RFC 4055, 3). `node:crypto` verifies it too, but not with a digest of its own for the
 * mask, so the encoding is checked here and only the power is OpenSSL's.
 */
import { constants, hash, type KeyObject, publicDecrypt } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import { encodeBitString, encodedNull, encodeOid, encodeSequence } from '../der/der-writer.ts';
import type { Digest } from './digests.ts';
import { openPublicKey, readSubjectPublicKey } from './public-key.ts';
import { RSA_ENCRYPTION } from './rsa.ts';
import { type PssParameters, readPssParameters } from './rsa-pss-parameters.ts';
import type { SchemeTable } from './signature-scheme.ts';
import type { SignatureVerdict } from './signature-verdict.ts';

const RSASSA_PSS = '1.2.840.113549.1.1.10';

export const RSA_PSS: SchemeTable = {
  [RSASSA_PSS]: {
    name: 'RSASSA-PSS',
    strength: 'sound',
    describe(parameters) {
      const pss = parameters && readPssParameters(parameters);
      if (!pss) return undefined;
      const isWeak = pss.digest.isWeak || pss.maskDigest.isWeak;
      return { name: `RSASSA-PSS with ${pss.digest.title}`, strength: isWeak ? 'weak' : 'sound' };
    },
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      // RFC 4055, 3.1: in a signature the parameters must be there.
      if (!parameters) return 'malformed-algorithm';
      let pss: PssParameters | undefined;
      try {
        pss = readPssParameters(parameters);
      } catch (error) {
        if (error instanceof ProblemError) return 'malformed-algorithm';
        throw error;
      }
      if (!pss) return 'unsupported-algorithm';
      const key = openKey(subjectPublicKeyInfo, pss);
      return typeof key === 'string' ? key : verifyPss(key, pss, signedBytes, signature);
    },
  },
};

/** A key for any use of RSA, or one that is for PSS only and may ask for its own parameters (RFC 4055, 1.2, 3.3). */
function openKey(subjectPublicKeyInfo: Uint8Array, used: PssParameters): KeyObject | SignatureVerdict {
  const { algorithm, parameters, bits } = readSubjectPublicKey(subjectPublicKeyInfo);
  if (algorithm === RSA_ENCRYPTION) return openPublicKey(subjectPublicKeyInfo) ?? 'malformed-key';
  if (algorithm !== RSASSA_PSS) return 'key-of-another-algorithm';
  if (parameters) {
    const asked = readPssParameters(parameters);
    if (!asked) return 'unsupported-key';
    const isAllowed =
      asked.digest === used.digest &&
      asked.maskDigest === used.maskDigest &&
      used.saltLength >= asked.saltLength;
    if (!isAllowed) return 'key-of-another-algorithm';
  }
  const plain = encodeSequence(
    encodeSequence(encodeOid(RSA_ENCRYPTION), encodedNull),
    encodeBitString(bits.content.subarray(1)),
  );
  return openPublicKey(plain) ?? 'malformed-key';
}

function verifyPss(
  key: KeyObject,
  { digest, maskDigest, saltLength }: PssParameters,
  signedBytes: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const modulusBits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (signature.length !== Math.ceil(modulusBits / 8)) return 'mismatch';
  let message: Uint8Array;
  try {
    message = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    // The number is not below the modulus.
    return 'mismatch';
  }
  const encodedBits = modulusBits - 1;
  const encoded = message.subarray(message.length - Math.ceil(encodedBits / 8));
  // RFC 8017, 8.1.2, 2 c: with a modulus of 8k + 1 bits there is one octet more, which is zero.
  if (message.length > encoded.length && message[0] !== 0) return 'mismatch';
  const digestOf = hash(digest.name, signedBytes, 'buffer');
  return isEncodingOf(digestOf, encoded, encodedBits, digest, maskDigest, saltLength)
    ? 'verified'
    : 'mismatch';
}

/** EMSA-PSS-VERIFY (RFC 8017, 9.1.2). */
function isEncodingOf(
  digestOf: Uint8Array,
  encoded: Uint8Array,
  encodedBits: number,
  digest: Digest,
  maskDigest: Digest,
  saltLength: number,
): boolean {
  if (encoded.length < digest.bytes + saltLength + 2 || encoded.at(-1) !== 0xbc) return false;
  const maskedLength = encoded.length - digest.bytes - 1;
  const seed = encoded.subarray(maskedLength, -1);
  const unusedBits = 8 * encoded.length - encodedBits;
  const topMask = 0xff >> unusedBits;
  if (((encoded[0] ?? 0) & ~topMask) !== 0) return false;
  const block = mask(seed, maskedLength, maskDigest).map((octet, index) => octet ^ (encoded[index] ?? 0));
  block[0] = (block[0] ?? 0) & topMask;
  const separator = maskedLength - saltLength - 1;
  if (block.subarray(0, separator).some((octet) => octet !== 0) || block[separator] !== 1) return false;
  const salt = block.subarray(separator + 1);
  const again = hash(digest.name, Buffer.concat([new Uint8Array(8), digestOf, salt]), 'buffer');
  return again.equals(seed);
}

/** MGF1 (RFC 8017, B.2.1). */
function mask(seed: Uint8Array, length: number, digest: Digest): Uint8Array {
  const blocks: Uint8Array[] = [];
  const counter = Buffer.alloc(4);
  for (let made = 0; made < length; made += digest.bytes) {
    counter.writeUInt32BE(blocks.length);
    blocks.push(hash(digest.name, Buffer.concat([seed, counter]), 'buffer'));
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}
