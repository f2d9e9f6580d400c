/** The working public key (RFC 5280, 6.1.4 (d) to (f)). */
import { ProblemError } from '../../../kernel/problem.ts';
import { readDer, TAG } from '../../der/der-element.ts';
import { encodeSequence } from '../../der/der-writer.ts';

/** id-dsa; the only algorithm whose parameters may be left to the issuer (RFC 3279, 2.3.2). */
const DSA = Buffer.from([0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01]);

/** The key with the parameters of the issuer's where it has none of its own. */
export function inheritParameters(subjectPublicKeyInfo: Uint8Array, issuerKey: Uint8Array): Uint8Array {
  if (!Buffer.from(subjectPublicKeyInfo.subarray(0, 16)).includes(DSA)) return subjectPublicKeyInfo;
  try {
    const own = readKey(subjectPublicKeyInfo);
    const above = readKey(issuerKey);
    const isOfOneAlgorithm = Buffer.compare(own.algorithm, above.algorithm) === 0;
    if (own.parameters || !above.parameters || !isOfOneAlgorithm) return subjectPublicKeyInfo;
    return encodeSequence(encodeSequence(own.algorithm, above.parameters), own.key);
  } catch (error) {
    // A key that cannot be read is told when something is verified with it.
    if (error instanceof ProblemError) return subjectPublicKeyInfo;
    throw error;
  }
}

function readKey(subjectPublicKeyInfo: Uint8Array) {
  const fields = readDer(subjectPublicKeyInfo, 'public key').reader();
  const identifier = fields.expect(TAG.sequence, 'public key').reader();
  const algorithm = identifier.expect(TAG.oid, 'public key').der;
  const parameters = identifier.isDone ? undefined : identifier.next('public key');
  return {
    algorithm,
    parameters: parameters && parameters.tag !== TAG.null ? parameters.der : undefined,
    key: fields.expect(TAG.bitString, 'public key').der,
  };
}
