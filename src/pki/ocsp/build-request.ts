/** Questions to other people's responders (RFC 6960, 4.1; the profile of RFC 5019). */
import { hash } from 'node:crypto';
import { TAG } from '../der/der-element.ts';
import { encodeElement, encodeOctetString, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import { serialNumberBytes } from '../x509/serial-number.ts';
import { publicKeyBits } from './certificate-id.ts';

/** SHA-1 identifies here and protects nothing: every responder knows it (RFC 5019, 2.1.1). */
const SHA1 = encodeSequence(encodeOid(OID.sha1), encodeElement(TAG.null));

/**
 * About one certificate, without a nonce: its answer serves everybody until it ends, and the question is always the same.
 *
 * @param issuerKey `SubjectPublicKeyInfo` of the issuer
 * @throws {ProblemError} `der-invalid` when the key is none
 */
export function buildOcspRequest(
  { issuer, serialNumber }: Pick<Certificate, 'issuer' | 'serialNumber'>,
  issuerKey: Uint8Array,
): Uint8Array {
  const id = encodeSequence(
    SHA1,
    encodeOctetString(hash('sha1', issuer.der, 'buffer')),
    encodeOctetString(hash('sha1', publicKeyBits(issuerKey), 'buffer')),
    encodeElement(TAG.integer, serialNumberBytes(serialNumber)),
  );
  return encodeSequence(encodeSequence(encodeSequence(encodeSequence(id))));
}
