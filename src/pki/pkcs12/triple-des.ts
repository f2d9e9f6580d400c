/**
 * pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292, appendix C): what every system reads, from Windows 7 on. Its strength is
 * that of the password, which is why the password is random.
 */
import { createCipheriv } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import { type DerElement, derInvalid, TAG } from '../der/der-element.ts';
import { readSmallInteger } from '../der/der-values.ts';
import { encodeInteger, encodeOctetString, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { decryptCbc, type Encrypted, tooMuchWork } from '../pkcs5/pbes2.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import { derivePkcs12, encodePkcs12Password, type Pkcs12Derivation } from './pkcs12-kdf.ts';

const CIPHER = 'des-ede3-cbc';

export function encryptTripleDes(
  plaintext: Uint8Array,
  password: string,
  options: { readonly iterations: number; readonly saltBytes: number },
  random: Random,
): Encrypted {
  const salt = random.bytes(options.saltBytes);
  const { key, iv } = deriveKeyAndIv(password, salt, options.iterations);
  const cipher = createCipheriv(CIPHER, key, iv);
  return {
    algorithmDer: encodeSequence(
      encodeOid(OID.pbeWithSHAAnd3KeyTripleDESCBC),
      encodeSequence(encodeOctetString(salt), encodeInteger(options.iterations)),
    ),
    ciphertext: new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()])),
  };
}

/** @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function decryptTripleDes(
  parameters: DerElement,
  ciphertext: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const what = 'parameters of the encryption';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const salt = reader.expect(TAG.octetString, what).content;
  const iterations = readSmallInteger(reader.next(what), what);
  reader.end(what);
  if (iterations < 1) throw derInvalid(`${what}: no iterations`);
  // Two blocks of SHA-1 for the key, one for the initialisation vector.
  if (!budget.spend(iterations * 3)) throw tooMuchWork(iterations * 3);
  const { key, iv } = deriveKeyAndIv(password, salt, iterations);
  return decryptCbc(CIPHER, key, iv, ciphertext);
}

function deriveKeyAndIv(
  password: string,
  salt: Uint8Array,
  iterations: number,
): { key: Uint8Array; iv: Uint8Array } {
  const derive = (purpose: Pkcs12Derivation['purpose'], length: number) =>
    derivePkcs12({
      digest: 'sha1',
      purpose,
      password: encodePkcs12Password(password),
      salt,
      iterations,
      length,
    });
  return { key: derive('key', 24), iv: derive('iv', 8) };
}
