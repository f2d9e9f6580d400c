/**
 * Verifies the signatures of SignedData (RFC 5652, 5.4 and 5.6; for GOST RFC 4490 and RFC 9215 algorithms). Says whose
 * key made each signature; whether that certificate is to be trusted is asked elsewhere, and what is said about GOST
 * has no legal force.
 */
import { hash } from 'node:crypto';
import { readDer } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { encodedNull, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { streebog } from '../gost/streebog.ts';
import { findDigest } from '../signatures/digests.ts';
import type { SignatureVerdict } from '../signatures/signature-verdict.ts';
import { verifySignature } from '../signatures/verify-signature.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { SignedData } from './read-signed-data.ts';
import type { SignerInfo } from './signer-info.ts';

export type SignerVerdict =
  | { readonly kind: 'verified'; readonly certificate: Certificate; readonly signingTime?: Date }
  /** The signature is good and stands for other content: what was signed has been changed. */
  | { readonly kind: 'content-changed'; readonly certificate: Certificate }
  | {
      readonly kind: 'not-verified';
      readonly certificate: Certificate;
      readonly verdict: Exclude<SignatureVerdict, 'verified'>;
    }
  /** None of the certificates is the signer's. */
  | { readonly kind: 'certificate-missing' }
  /** The signature is detached and no content was given. */
  | { readonly kind: 'content-missing' }
  /** Signed attributes that contradict RFC 5652. */
  | { readonly kind: 'malformed'; readonly certificate: Certificate };

/**
 * One verdict for each signer, in their order; without a signer there is none, and nothing is signed.
 *
 * @param certificates those of the SignedData, and others that the signer may have.
 * @param detachedContent what was signed, where SignedData does not hold it; refused where it does.
 */
export function verifySignedData(
  signedData: SignedData,
  certificates: readonly Certificate[],
  detachedContent?: Uint8Array,
): readonly SignerVerdict[] {
  if (signedData.content && detachedContent) throw new TypeError('the signed data holds its content');
  const content = signedData.content ?? detachedContent;
  return signedData.signers.map((signer) => {
    const certificate = certificates.find((candidate) => isSigner(signer, candidate));
    if (!certificate) return { kind: 'certificate-missing' };
    if (!content) return { kind: 'content-missing' };
    return verifySigner(signer, certificate, signedData.contentType, content);
  });
}

function isSigner({ identifier }: SignerInfo, certificate: Certificate): boolean {
  return identifier.kind === 'subject-key-identifier'
    ? certificate.subjectKeyIdentifier === identifier.keyIdentifier
    : certificate.serialNumber === identifier.serialNumber &&
        Buffer.compare(certificate.issuer.der, identifier.issuerDer) === 0;
}

function verifySigner(
  signer: SignerInfo,
  certificate: Certificate,
  contentType: string,
  content: Uint8Array,
): SignerVerdict {
  const { signedAttributes } = signer;
  // 5.3: signed attributes are a must unless the content is plain data. They also keep the octets of attributes from
  // being shown as signed content.
  if (signedAttributes ? signedAttributes.contentType !== contentType : contentType !== OID.data)
    return { kind: 'malformed', certificate };
  const signatureAlgorithm = fullAlgorithm(signer);
  const digest = digestOf(signer.digestAlgorithm, content);
  if (!signatureAlgorithm || !digest)
    return { kind: 'not-verified', certificate, verdict: 'unsupported-algorithm' };
  const verdict = verifySignature({
    signatureAlgorithm,
    subjectPublicKeyInfo: certificate.publicKeySpki,
    signedBytes: signedAttributes?.der ?? content,
    signature: signer.signature,
  });
  if (verdict !== 'verified') return { kind: 'not-verified', certificate, verdict };
  if (signedAttributes && Buffer.compare(signedAttributes.messageDigest, digest) !== 0)
    return { kind: 'content-changed', certificate };
  const signingTime = signedAttributes?.signingTime;
  return { kind: 'verified', certificate, ...(signingTime && { signingTime }) };
}

function digestOf(oid: string, content: Uint8Array): Uint8Array | undefined {
  if (oid === OID.streebog256) return streebog(256, content);
  if (oid === OID.streebog512) return streebog(512, content);
  const digest = findDigest(oid);
  return digest && hash(digest.name, content, 'buffer');
}

const GOST_SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.643.7.1.1.1.1 1.2.643.7.1.1.2.2': '1.2.643.7.1.1.3.2',
  '1.2.643.7.1.1.1.2 1.2.643.7.1.1.2.3': '1.2.643.7.1.1.3.3',
};

const RSA_SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': '1.2.840.113549.1.1.4',
  [OID.sha1]: '1.2.840.113549.1.1.5',
  [OID.sha224]: '1.2.840.113549.1.1.14',
  [OID.sha256]: OID.sha256WithRSAEncryption,
  [OID.sha384]: OID.sha384WithRSAEncryption,
  [OID.sha512]: OID.sha512WithRSAEncryption,
};

/** RFC 3370, 3.2: the algorithm may be the key's only; the digest's is beside it. */
function fullAlgorithm({ signatureAlgorithmDer, digestAlgorithm }: SignerInfo): Uint8Array | undefined {
  const oid = readOid(readDer(signatureAlgorithmDer, 'algorithm').reader().next('algorithm'), 'algorithm');
  if (oid === OID.rsaEncryption) {
    const rsa = RSA_SIGNATURES[digestAlgorithm];
    return rsa === undefined ? undefined : encodeSequence(encodeOid(rsa), encodedNull);
  }
  const gost = GOST_SIGNATURES[`${oid} ${digestAlgorithm}`];
  return gost === undefined ? signatureAlgorithmDer : encodeSequence(encodeOid(gost));
}
