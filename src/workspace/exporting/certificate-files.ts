/** Files of certificates in the forms that other programs read. */
import { zipSync } from 'fflate';
import { contextTag, TAG } from '../../pki/der/der-element.ts';
import { encodeElement, encodeInteger, encodeOid, encodeSequence } from '../../pki/der/der-writer.ts';
import { encodePem } from '../../pki/pem/pem.ts';
import { distinctNames, fileNameOf } from './file-name.ts';

export const EXPORT_FORMATS = ['der', 'pem', 'chain', 'p7b', 'zip'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportedCertificate {
  readonly der: Uint8Array;
  readonly owner: string;
  readonly notAfter: Date;
}

export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';

/** @param certificates at least one; the first one gives a single file its name. */
export function exportCertificates(
  certificates: readonly ExportedCertificate[],
  format: ExportFormat,
  now: Date,
): ExportedFile {
  const [first] = certificates;
  if (first === undefined) throw new TypeError('nothing to export');
  const isOne = certificates.length === 1 || format === 'chain';
  const nameWith = (extension: string) =>
    isOne ? fileNameOf(first.owner, first.notAfter, extension) : fileNameOf('certificates', now, extension);
  switch (format) {
    case 'der':
      if (certificates.length > 1) throw new TypeError('DER has one certificate');
      // RFC 2585, section 4.1.
      return { name: nameWith('cer'), mediaType: 'application/pkix-cert', bytes: first.der };
    case 'pem':
    case 'chain':
      return {
        name: nameWith('pem'),
        // RFC 8555, section 9.1.
        mediaType: 'application/pem-certificate-chain',
        bytes: new Uint8Array(
          Buffer.from(certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('')),
        ),
      };
    case 'p7b':
      return {
        name: nameWith('p7b'),
        mediaType: 'application/x-pkcs7-certificates',
        bytes: encodeCertificateBundle(certificates.map(({ der }) => der)),
      };
    case 'zip': {
      const names = distinctNames(
        certificates.map(({ owner, notAfter }) => fileNameOf(owner, notAfter, 'cer')),
      );
      const files = names.map((name, index) => [name, certificates[index]?.der ?? new Uint8Array()] as const);
      return {
        name: nameWith('zip'),
        mediaType: 'application/zip',
        bytes: zipSync(Object.fromEntries(files), { level: 1, mtime: now }),
      };
    }
  }
}

/** SignedData without a signer (RFC 5652, 5.1): certificates in the order given, which DER of a SET would not keep. */
function encodeCertificateBundle(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = encodeSequence(
    encodeInteger(1),
    encodeElement(TAG.set),
    encodeSequence(encodeOid(DATA)),
    encodeElement(contextTag(0, 'constructed'), ...certificates),
    encodeElement(TAG.set),
  );
  return encodeSequence(encodeOid(SIGNED_DATA), encodeElement(contextTag(0, 'constructed'), signedData));
}
