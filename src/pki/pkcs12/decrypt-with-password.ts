/**
 * The encryption schemes of PKCS#12 files by their AlgorithmIdentifier. All that is encrypted there is a SEQUENCE, so
 * anything else that comes out means a wrong password or a damaged file, as wrong padding does.
 */
import { type DerElement, readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { decryptPbes2 } from '../pkcs5/pbes2.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import { decryptRc2, decryptTripleDes } from './pkcs12-pbe.ts';

/** The plaintext in DER. @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function decryptWithPassword(
  algorithm: DerElement,
  ciphertext: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const plaintext = decrypt(algorithm, ciphertext, password, budget);
  try {
    const der = normaliseBer(plaintext, 'decrypted content');
    readDer(der, 'decrypted content').expect(TAG.sequence, 'decrypted content');
    return der;
  } catch (cause) {
    throw new PbeError('decryption-failed', 'what was decrypted is rubbish', cause);
  }
}

function decrypt(
  algorithm: DerElement,
  ciphertext: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const what = 'encryption';
  const reader = algorithm.expect(TAG.sequence, what).reader();
  const scheme = readOid(reader.next(what), what);
  switch (scheme) {
    case OID.pbes2:
      return decryptPbes2(reader.next(what), ciphertext, password, budget);
    case OID.pbeWithSHAAnd3KeyTripleDESCBC:
      return decryptTripleDes(reader.next(what), ciphertext, password, budget);
    case OID.pbeWithSHAAnd40BitRC2CBC:
      return decryptRc2(40, reader.next(what), ciphertext, password, budget);
    case OID.pbeWithSHAAnd128BitRC2CBC:
      return decryptRc2(128, reader.next(what), ciphertext, password, budget);
    default:
      throw new PbeError('scheme-unsupported', `a part of the file is encrypted with ${scheme}`);
  }
}
