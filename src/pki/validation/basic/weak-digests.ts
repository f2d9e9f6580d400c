/** Signatures whose digest lets two documents be made for one signature: they verify and prove nothing. */
import { ProblemError } from '../../../kernel/problem.ts';
import { contextTag, readDer, TAG } from '../../der/der-element.ts';
import { readOid } from '../../der/der-values.ts';
import { OID } from '../../der/oid.ts';
import type { CertificateSignature } from '../../x509/certificate.ts';

const RSA_PSS = '1.2.840.113549.1.1.10';

const WEAK: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2', // md2WithRSAEncryption
  '1.2.840.113549.1.1.3', // md4WithRSAEncryption
  '1.2.840.113549.1.1.4', // md5WithRSAEncryption
  '1.2.840.113549.1.1.5', // sha1WithRSAEncryption
  '1.3.14.3.2.27', // dsaWithSHA1
  '1.3.14.3.2.29', // sha1WithRSAEncryption
  '1.2.840.10040.4.3', // id-dsa-with-sha1
  '1.2.840.10045.4.1', // ecdsa-with-SHA1
]);

export function isWeakSignature({ algorithm, algorithmDer }: CertificateSignature): boolean {
  return WEAK.has(algorithm) || (algorithm === RSA_PSS && isPssWithSha1(algorithmDer));
}

/** RFC 4055, 3.1: SHA-1 where the parameters name no digest. */
function isPssWithSha1(algorithmDer: Uint8Array): boolean {
  try {
    const fields = readDer(algorithmDer, 'algorithm').reader();
    fields.next('algorithm');
    const digest = fields.expect(TAG.sequence, 'parameters').reader().optional(contextTag(0, 'constructed'));
    if (!digest) return true;
    return readOid(digest.reader().next('digest').reader().next('digest'), 'digest') === OID.sha1;
  } catch (error) {
    // Malformed: verification says so.
    if (error instanceof ProblemError) return false;
    throw error;
  }
}
