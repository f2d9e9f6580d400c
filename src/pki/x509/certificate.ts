/**
 * Certificates as values (RFC 5280, 4.1). Parsing says what is written in a certificate and nothing about whether it
 * is to be trusted: no signature is verified and no rule is applied here.
 */
import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';
import { checkDer, contextTag, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import {
  readIntegerBytes,
  readOid,
  readSignatureBytes,
  readSmallInteger,
  readTime,
} from '../der/der-values.ts';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts';
import {
  type CertificateExtensions,
  type RawExtensions,
  readCertificateExtensions,
  readRawExtensions,
} from './extensions.ts';
import { fingerprintOf } from './fingerprint.ts';
import { serialNumberOf } from './serial-number.ts';

/** Certificates in use have 1 to 4 kB; the limits leave room for pictures and long lists of names. */
const LIMITS = { maxBytes: 128 * 1024, maxElements: 8000, maxDepth: 24 };

export interface CertificateSignature {
  /** Object identifier of the algorithm. */
  readonly algorithm: string;
  /** `AlgorithmIdentifier` in DER: the object identifier with its parameters. */
  readonly algorithmDer: Uint8Array;
  readonly value: Uint8Array;
}

/** Frozen. `notBefore` and `notAfter` give a new Date at every read; byte fields are views that nobody writes to. */
export interface Certificate extends CertificateExtensions {
  readonly der: Uint8Array;
  /** The octets that the signature covers, as they were received. */
  readonly tbsDer: Uint8Array;
  readonly version: 1 | 2 | 3;
  readonly publicKeySpki: Uint8Array;
  readonly serialNumber: SerialNumber;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly signature: CertificateSignature;
}

/**
 * Takes exactly one certificate in DER, at most 128 kB.
 *
 * @throws {ProblemError} `der-invalid`
 */
export function parseCertificate(certificateDer: Uint8Array): Certificate {
  checkDer(certificateDer, 'certificate', LIMITS);
  // A copy: a later write to the caller's buffer cannot change a value that was checked.
  const der = Uint8Array.from(certificateDer);
  const outer = readDer(der, 'certificate').expect(TAG.sequence, 'certificate').reader();
  const tbs = outer.expect(TAG.sequence, 'certificate to be signed');
  const algorithm = outer.expect(TAG.sequence, 'signature algorithm');
  const signature = readSignatureBytes(outer.next('signature'), 'signature');
  outer.end('certificate');

  const fields = tbs.reader();
  const version = fields.optional(contextTag(0, 'constructed'));
  const versionNumber = version ? readSmallInteger(version.reader().next('version'), 'version') : 0;
  if (versionNumber > 2) throw derInvalid('version: not 1, 2 or 3');
  const serialNumber = serialNumberOf(readIntegerBytes(fields.next('serial number'), 'serial number'));
  const innerAlgorithm = fields.expect(TAG.sequence, 'signature algorithm');
  // RFC 5280, 4.1.1.2: both fields are the same.
  if (Buffer.compare(innerAlgorithm.der, algorithm.der) !== 0) {
    throw derInvalid('the two signature algorithms of the certificate differ');
  }
  const issuer = readDistinguishedName(fields.next('issuer'), 'issuer');
  const validity = fields.expect(TAG.sequence, 'validity').reader();
  const notBefore = readTime(validity.next('notBefore'), 'notBefore').getTime();
  const notAfter = readTime(validity.next('notAfter'), 'notAfter').getTime();
  validity.end('validity');
  const subject = readDistinguishedName(fields.next('subject'), 'subject');
  const publicKey = fields.expect(TAG.sequence, 'public key');
  const extensions = readExtensionFields(fields, versionNumber);

  return Object.freeze({
    der,
    tbsDer: tbs.der,
    version: versionNumber === 0 ? 1 : versionNumber === 1 ? 2 : 3,
    publicKeySpki: publicKey.der,
    serialNumber,
    sha256Fingerprint: fingerprintOf(der),
    subject,
    issuer,
    get notBefore() {
      return new Date(notBefore);
    },
    get notAfter() {
      return new Date(notAfter);
    },
    signature: Object.freeze({
      algorithm: readOid(algorithm.reader().next('algorithm'), 'algorithm'),
      algorithmDer: algorithm.der,
      value: signature,
    }),
    ...readCertificateExtensions(extensions),
  });
}

/** Unique identifiers (obsolete) are passed over; extensions belong to version 3. */
function readExtensionFields(fields: DerReader, version: number): RawExtensions {
  fields.optional(contextTag(1, 'primitive'));
  fields.optional(contextTag(2, 'primitive'));
  const wrapper = fields.optional(contextTag(3, 'constructed'));
  fields.end('certificate to be signed');
  if (!wrapper) return { values: new Map(), critical: [] };
  if (version !== 2) throw derInvalid('extensions in a certificate that is not version 3');
  const reader = wrapper.reader();
  const extensions = readRawExtensions(reader.next('extensions'), 'extensions');
  reader.end('extensions');
  return extensions;
}
