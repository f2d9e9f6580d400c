/** The encryption schemes of PKCS#12 files by their AlgorithmIdentifier. */
import { type DerElement, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { decryptPbes2 } from '../pkcs5/pbes2.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import { decryptTripleDes } from './triple-des.ts';

/** @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function decryptWithPassword(
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
    case OID.pbeWithSHAAnd128BitRC2CBC:
      throw new PbeError(
        'scheme-unsupported',
        'a part of the file is encrypted with RC2, an old and weak cipher',
      );
    default:
      throw new PbeError('scheme-unsupported', `a part of the file is encrypted with ${scheme}`);
  }
}
