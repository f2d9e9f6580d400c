/** Which certificate is asked about (RFC 6960, 4.1.1): hashes of its issuer's name and key, and its serial number. */
import { hash } from 'node:crypto';
import type { SerialNumber } from '../../kernel/brand.ts';
import { type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readIntegerBytes, readOid } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import { serialNumberOf } from '../x509/serial-number.ts';

export interface CertificateId {
  /** As it was received: the answer repeats it octet for octet. */
  readonly der: Uint8Array;
  /** Object identifier. */
  readonly hashAlgorithm: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: SerialNumber;
}

/** SHA-1 identifies here and protects nothing (RFC 5019, 2.1.1 asks for it; RFC 9654 and clients of today use SHA-256). */
const DIGESTS: Readonly<Record<string, string>> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

/** @throws {ProblemError} `der-invalid` */
export function readCertificateId(element: DerElement): CertificateId {
  const what = 'certificate identifier';
  const fields = element.expect(TAG.sequence, what).reader();
  const algorithm = fields.expect(TAG.sequence, what).reader();
  const hashAlgorithm = readOid(algorithm.next(what), what);
  const issuerNameHash = fields.expect(TAG.octetString, what).content;
  const issuerKeyHash = fields.expect(TAG.octetString, what).content;
  const serialNumber = serialNumberOf(readIntegerBytes(fields.next(what), what));
  fields.end(what);
  return { der: element.der, hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}

/** Compares identifiers with one issuer; its hashes are computed once per algorithm. */
export function createIssuerMatch(issuer: Certificate): (id: CertificateId) => boolean {
  const key = publicKeyBits(issuer.publicKeySpki);
  const known = new Map<string, { readonly name: Buffer; readonly key: Buffer }>();
  return ({ hashAlgorithm, issuerNameHash, issuerKeyHash }) => {
    let hashes = known.get(hashAlgorithm);
    if (hashes === undefined) {
      const digest = Object.hasOwn(DIGESTS, hashAlgorithm) ? DIGESTS[hashAlgorithm] : undefined;
      // Nobody is known under a hash that cannot be computed.
      if (digest === undefined) return false;
      hashes = { name: hash(digest, issuer.subject.der, 'buffer'), key: hash(digest, key, 'buffer') };
      known.set(hashAlgorithm, hashes);
    }
    return hashes.name.equals(issuerNameHash) && hashes.key.equals(issuerKeyHash);
  };
}

/** The BIT STRING of the key without tag, length and number of unused bits (RFC 6960, 4.1.1). */
export function publicKeyBits(publicKeySpki: Uint8Array): Uint8Array {
  const what = 'public key';
  const fields = readDer(publicKeySpki, what).expect(TAG.sequence, what).reader();
  fields.expect(TAG.sequence, what);
  const { content } = fields.expect(TAG.bitString, what);
  if (content.length < 2) throw derInvalid(`${what}: empty`);
  return content.subarray(1);
}
