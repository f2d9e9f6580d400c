/** EncryptedPrivateKeyInfo (RFC 5958, section 3) with PBES2. */
import { readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { encodeOctetString, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { decryptPbes2, type Encrypted } from '../pkcs5/pbes2.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';

export function encodeEncryptedPrivateKey({ algorithmDer, ciphertext }: Encrypted): Uint8Array {
  return encodeSequence(algorithmDer, encodeOctetString(ciphertext));
}

/** PKCS#8 in DER, as it was encrypted. @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function decryptEncryptedPrivateKey(
  der: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const what = 'encrypted private key';
  const reader = readDer(der, what).expect(TAG.sequence, what).reader();
  const algorithm = reader.expect(TAG.sequence, what).reader();
  const ciphertext = reader.expect(TAG.octetString, what).content;
  reader.end(what);
  const scheme = readOid(algorithm.next(what), what);
  if (scheme !== OID.pbes2) throw new PbeError('scheme-unsupported', `the scheme ${scheme}`);
  return decryptPbes2(algorithm.next(what), ciphertext, password, budget);
}
