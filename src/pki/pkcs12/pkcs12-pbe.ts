/**
 * The schemes of RFC 7292, appendix C. pbeWithSHAAnd3-KeyTripleDES-CBC is what every system reads, from Windows 7 on;
 * its strength is that of the password, which is why the password is random. RC2 is read only.
 */
import { createCipheriv } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import { type DerElement, derInvalid, TAG } from '../der/der-element.ts';
import { readSmallInteger } from '../der/der-values.ts';
import { encodeInteger, encodeOctetString, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { tooMuchWork } from '../pkcs5/pbe-error.ts';
import { decryptCbc, type Encrypted } from '../pkcs5/pbes2.ts';
import { decryptRc2Cbc } from '../pkcs5/rc2.ts';
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
  const { key, iv } = deriveKeyAndIv(password, salt, options.iterations, 24);
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
  const { key, iv } = readPbeParameters(parameters, 24, password, budget);
  return decryptCbc(CIPHER, key, iv, ciphertext);
}

/** pbeWithSHAAnd128BitRC2-CBC and pbeWithSHAAnd40BitRC2-CBC. @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function decryptRc2(
  bits: 40 | 128,
  parameters: DerElement,
  ciphertext: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const { key, iv } = readPbeParameters(parameters, bits / 8, password, budget);
  return decryptRc2Cbc(key, bits, iv, ciphertext);
}

/** pkcs-12PbeParams. */
function readPbeParameters(
  parameters: DerElement,
  keyBytes: number,
  password: string,
  budget: WorkBudget,
): { key: Uint8Array; iv: Uint8Array } {
  const what = 'parameters of the encryption';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const salt = reader.expect(TAG.octetString, what).content;
  const iterations = readSmallInteger(reader.next(what), what);
  reader.end(what);
  if (iterations < 1) throw derInvalid(`${what}: no iterations`);
  const rounds = iterations * (Math.ceil(keyBytes / 20) + 1);
  if (!budget.spend(rounds)) throw tooMuchWork(rounds);
  return deriveKeyAndIv(password, salt, iterations, keyBytes);
}

function deriveKeyAndIv(
  password: string,
  salt: Uint8Array,
  iterations: number,
  keyBytes: number,
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
  return { key: derive('key', keyBytes), iv: derive('iv', 8) };
}
