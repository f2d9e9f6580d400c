/** Whether a CertID of OCSP (RFC 6960, 4.1.1) means a certificate. */
import { hash } from 'node:crypto';
import { OID } from '../der/oid.ts';
import { streebog } from '../gost/streebog.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type CertificateId, publicKeyBits } from './certificate-id.ts';

/** Digests by object identifier; what is not here matches nothing. */
const DIGESTS: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  [OID.sha1, (bytes) => hash('sha1', bytes, 'buffer')],
  [OID.sha224, (bytes) => hash('sha224', bytes, 'buffer')],
  [OID.sha256, (bytes) => hash('sha256', bytes, 'buffer')],
  [OID.sha384, (bytes) => hash('sha384', bytes, 'buffer')],
  [OID.sha512, (bytes) => hash('sha512', bytes, 'buffer')],
  // RFC 9215, 2: id-tc26-gost3411-12-256 and -512.
  ['1.2.643.7.1.1.2.2', (bytes) => streebog(256, bytes)],
  ['1.2.643.7.1.1.2.3', (bytes) => streebog(512, bytes)],
]);

/**
 * @param issuerKey `SubjectPublicKeyInfo` of the issuer
 * @throws {ProblemError} `der-invalid` when the key is none
 */
export function isAbout(
  id: Pick<CertificateId, 'hashAlgorithm' | 'issuerNameHash' | 'issuerKeyHash' | 'serialNumber'>,
  certificate: Certificate,
  issuerKey: Uint8Array,
): boolean {
  const digest = DIGESTS.get(id.hashAlgorithm);
  if (!digest || id.serialNumber !== certificate.serialNumber) return false;
  return (
    isSame(id.issuerNameHash, digest(certificate.issuer.der)) &&
    isSame(id.issuerKeyHash, digest(publicKeyBits(issuerKey)))
  );
}

/** KeyHash: SHA-1 of the key without its tag, length and number of unused bits (RFC 6960, 4.2.1). */
export function keyHash(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  return hash('sha1', publicKeyBits(subjectPublicKeyInfo), 'buffer');
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
