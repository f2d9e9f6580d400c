/**
 * PBES2 (RFC 8018, 6.2): PBKDF2 or scrypt (RFC 7914, section 7) and AES-CBC. Reading also takes triple DES and
 * GOST 28147-89. The password goes in as UTF-8.
 */
import { createCipheriv, createDecipheriv, pbkdf2Sync, scryptSync } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import { type DerElement, derInvalid, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import {
  encodedNull,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { decryptGost28147, isKnownSubstitution } from '../gost/gost-28147.ts';
import { PbeError, tooMuchWork } from './pbe-error.ts';
import { derivePbkdf2 } from './pbkdf2.ts';
import type { WorkBudget } from './work-budget.ts';

export interface Encrypted {
  /** AlgorithmIdentifier in DER. */
  readonly algorithmDer: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export type Pbes2Derivation =
  | { readonly kind: 'pbkdf2'; readonly iterations: number; readonly saltBytes: number }
  /** `cost` is N, a power of two. OpenSSL opens what takes up to 32 MiB (128 * N * r bytes). */
  | {
      readonly kind: 'scrypt';
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelization: number;
      readonly saltBytes: number;
    };

/** AES-256-CBC; PBKDF2 is with HMAC-SHA-256, the only combination that Apple's reader takes. */
export function encryptPbes2(
  plaintext: Uint8Array,
  password: string,
  derivation: Pbes2Derivation,
  random: Random,
): Encrypted {
  const salt = random.bytes(derivation.saltBytes);
  const iv = random.bytes(16);
  const secret = Buffer.from(password, 'utf8');
  let key: Uint8Array;
  let derivationDer: Uint8Array;
  if (derivation.kind === 'pbkdf2') {
    key = pbkdf2Sync(secret, salt, derivation.iterations, 32, 'sha256');
    derivationDer = encodeSequence(
      encodeOid(OID.pbkdf2),
      encodeSequence(
        encodeOctetString(salt),
        encodeInteger(derivation.iterations),
        encodeSequence(encodeOid(OID.hmacWithSHA256), encodedNull),
      ),
    );
  } else {
    const { cost, blockSize, parallelization } = derivation;
    key = scryptSync(secret, salt, 32, { cost, blockSize, parallelization, maxmem: SCRYPT_MAX_MEMORY });
    derivationDer = encodeSequence(
      encodeOid(OID.scrypt),
      encodeSequence(encodeOctetString(salt), ...[cost, blockSize, parallelization].map(encodeInteger)),
    );
  }
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return {
    algorithmDer: encodeSequence(
      encodeOid(OID.pbes2),
      encodeSequence(derivationDer, encodeSequence(encodeOid(OID.aes256CBC), encodeOctetString(iv))),
    ),
    ciphertext: new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()])),
  };
}

const SCRYPT_MAX_MEMORY = 256 * 1024 * 1024;

const CIPHERS: Readonly<Record<string, { name: string; keyBytes: number; ivBytes: number }>> = {
  [OID.aes128CBC]: { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  [OID.aes192CBC]: { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  [OID.aes256CBC]: { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  [OID.desEde3CBC]: { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
};

/** Known by name, so that people can be told what it is. */
const CIPHER_NAMES: Readonly<Record<string, string>> = {
  '1.2.643.7.1.1.5.1.1': 'Magma (GOST R 34.12-2015)',
  '1.2.643.7.1.1.5.1.2': 'Magma (GOST R 34.12-2015)',
  '1.2.643.7.1.1.5.2.1': 'Kuznyechik (GOST R 34.12-2015)',
  '1.2.643.7.1.1.5.2.2': 'Kuznyechik (GOST R 34.12-2015)',
  '1.2.840.113549.3.2': 'RC2',
  '1.3.14.3.2.7': 'DES',
};

/**
 * @param parameters the parameters of the AlgorithmIdentifier `id-PBES2`.
 * @throws {PbeError} and {@link ProblemError} `der-invalid`
 */
export function decryptPbes2(
  parameters: DerElement,
  ciphertext: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const what = 'PBES2 parameters';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const derivation = reader.expect(TAG.sequence, what).reader();
  const scheme = reader.expect(TAG.sequence, what).reader();
  const cipher = readCipher(readOid(scheme.next(what), what), scheme.next(what));
  const derivationOid = readOid(derivation.next(what), what);
  const derivationParameters = derivation.expect(TAG.sequence, what);
  const secret = Buffer.from(password, 'utf8');
  const key =
    derivationOid === OID.pbkdf2
      ? derivePbkdf2(derivationParameters, secret, cipher.keyBytes, budget)
      : derivationOid === OID.scrypt
        ? deriveScrypt(derivationParameters, secret, cipher.keyBytes, budget)
        : undefined;
  if (!key) throw new PbeError('scheme-unsupported', `the key derivation ${derivationOid}`);
  return cipher.decrypt(key, ciphertext);
}

interface ReadCipher {
  readonly keyBytes: number;
  decrypt(key: Uint8Array, ciphertext: Uint8Array): Uint8Array;
}

function readCipher(oid: string, parameters: DerElement): ReadCipher {
  const what = 'PBES2 parameters';
  if (oid === OID.gost28147) return readGostCipher(parameters);
  const cipher = CIPHERS[oid];
  if (!cipher) throw new PbeError('scheme-unsupported', `the cipher ${CIPHER_NAMES[oid] ?? oid}`);
  const iv = parameters.expect(TAG.octetString, what).content;
  if (iv.length !== cipher.ivBytes)
    throw derInvalid(`${what}: the initialisation vector has ${iv.length} bytes`);
  return {
    keyBytes: cipher.keyBytes,
    decrypt: (key, ciphertext) => decryptCbc(cipher.name, key, iv, ciphertext),
  };
}

/** Gost28147-89-Parameters (RFC 4490, 5.1). */
function readGostCipher(parameters: DerElement): ReadCipher {
  const what = 'GOST 28147-89 parameters';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const iv = reader.expect(TAG.octetString, what).content;
  const substitution = readOid(reader.next(what), what);
  if (iv.length !== 8) throw derInvalid(`${what}: the initialisation vector has ${iv.length} bytes`);
  if (!isKnownSubstitution(substitution))
    throw new PbeError('scheme-unsupported', `the cipher GOST 28147-89 with the parameters ${substitution}`);
  return { keyBytes: 32, decrypt: (key, ciphertext) => decryptGost28147(substitution, key, iv, ciphertext) };
}

/** @throws {PbeError} `decryption-failed`: a wrong key shows as wrong padding. */
export function decryptCbc(
  cipher: string,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  try {
    const decipher = createDecipheriv(cipher, key, iv);
    return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  } catch (cause) {
    throw new PbeError('decryption-failed', 'the padding is wrong', cause);
  }
}

function deriveScrypt(
  parameters: DerElement,
  secret: Uint8Array,
  keyBytes: number,
  budget: WorkBudget,
): Uint8Array {
  const what = 'scrypt parameters';
  const reader = parameters.reader();
  const salt = reader.expect(TAG.octetString, what).content;
  const [cost = 0, blockSize = 0, parallelization = 0] = ['N', 'r', 'p'].map((name) =>
    readSmallInteger(reader.next(name), what),
  );
  if (cost < 2 || (cost & (cost - 1)) !== 0 || blockSize < 1 || parallelization < 1) {
    throw derInvalid(`${what}: out of range`);
  }
  const work = cost * blockSize * parallelization;
  if (!budget.spend(work) || 128 * cost * blockSize > SCRYPT_MAX_MEMORY / 2) throw tooMuchWork(work);
  try {
    return scryptSync(secret, salt, keyBytes, {
      cost,
      blockSize,
      parallelization,
      maxmem: SCRYPT_MAX_MEMORY,
    });
  } catch (cause) {
    throw derInvalid(`${what}: out of range`, cause);
  }
}
