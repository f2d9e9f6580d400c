/** Puts a certificate together from what a profile decided: to-be-signed bytes first, the signature after. */
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  type Extension,
  Extensions,
  Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { SerialNumber } from '../../kernel/brand.ts';
import { encodeBitString, encodeSequence } from '../der/der-writer.ts';
import { serialNumberBytes } from '../x509/serial-number.ts';

export interface CertificateTemplate {
  readonly serialNumber: SerialNumber;
  /** AlgorithmIdentifier in DER. */
  readonly algorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKeySpki: Uint8Array;
  readonly extensions: readonly Extension[];
}

export function encodeTbsCertificate(template: CertificateTemplate): Uint8Array {
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.from(serialNumberBytes(template.serialNumber)).buffer,
    signature: AsnConvert.parse(template.algorithmDer, AlgorithmIdentifier),
    issuer: AsnConvert.parse(template.issuerDer, Name),
    // Time chooses UTCTime through 2049 and GeneralizedTime after (RFC 5280, 4.1.2.5).
    validity: new Validity({ notBefore: template.notBefore, notAfter: template.notAfter }),
    subject: AsnConvert.parse(template.subjectDer, Name),
    subjectPublicKeyInfo: AsnConvert.parse(template.publicKeySpki, SubjectPublicKeyInfo),
    extensions: new Extensions([...template.extensions]),
  });
  return new Uint8Array(AsnConvert.serialize(tbs));
}

/** The signed bytes are copied as they are; no schema serialises them a second time. */
export function assembleCertificate(
  tbsDer: Uint8Array,
  signature: { readonly algorithmDer: Uint8Array; readonly value: Uint8Array },
): Uint8Array {
  return encodeSequence(tbsDer, signature.algorithmDer, encodeBitString(signature.value));
}
