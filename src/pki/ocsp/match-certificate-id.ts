/** Whether a CertID of OCSP (RFC 6960, 4.1.1) means a certificate. */
import { hash } from 'node:crypto';
import { readDer, TAG } from '../der/der-element.ts';
import { readSignatureBytes } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { OcspCertId } from './parse-ocsp-response.ts';

/** Digests by object identifier; what is not here matches nothing. */
const DIGESTS: Readonly<Record<string, string>> = {
  [OID.sha1]: 'sha1',
  [OID.sha224]: 'sha224',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

/** @param issuerKey `SubjectPublicKeyInfo` of the issuer */
export function isAbout(certId: OcspCertId, certificate: Certificate, issuerKey: Uint8Array): boolean {
  const digest = DIGESTS[certId.hashAlgorithm];
  if (digest === undefined || certId.serialNumber !== certificate.serialNumber) return false;
  return (
    isSame(certId.issuerNameHash, hash(digest, certificate.issuer.der, 'buffer')) &&
    isSame(certId.issuerKeyHash, hash(digest, keyBits(issuerKey), 'buffer'))
  );
}

/** KeyHash: SHA-1 of the key without its tag, length and number of unused bits (RFC 6960, 4.2.1). */
export function keyHash(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  return hash('sha1', keyBits(subjectPublicKeyInfo), 'buffer');
}

function keyBits(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const fields = readDer(subjectPublicKeyInfo, 'public key').reader();
  fields.expect(TAG.sequence, 'public key');
  return readSignatureBytes(fields.next('public key'), 'public key');
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
