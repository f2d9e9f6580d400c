/**
 * Who signs answers about certificates: a key of its own that the issuer appointed for a short time (RFC 6960,
 * 4.2.2.2). The issuer's key then need not be at hand whenever a stranger asks.
 */
import { hash, type KeyObject } from 'node:crypto';
import type { SerialNumber } from '../../kernel/brand.ts';
import { OID } from '../der/oid.ts';
import { checkWithinIssuer, type IssuanceDeps } from '../issuance/authority.ts';
import {
  assembleCertificate,
  type CertificateTemplate,
  encodeTbsCertificate,
} from '../issuance/certificate-builder.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
  subjectKeyIdentifier,
} from '../issuance/extension-values.ts';
import {
  type Issuer,
  issuerSignatureAlgorithm,
  type Signature,
  signAs,
  signatureAlgorithmOf,
  signBytes,
} from '../issuance/issuer.ts';
import { lintCertificate } from '../issuance/lint-certificate.ts';
import { backdated, daysAfter, earlier } from '../issuance/validity.ts';
import type { Certificate } from '../x509/certificate.ts';
import { encodeDistinguishedName } from '../x509/distinguished-name.ts';
import { generateKeyPair, type KeyAlgorithm, readPrivateKey } from '../x509/key-pair.ts';
import { makeSerialNumber } from '../x509/serial-number.ts';
import { publicKeyBits } from './certificate-id.ts';

const MAX_VALIDITY_DAYS = 90;

class AppointedKey {
  readonly issuer: Issuer;
  readonly certificate: Certificate;
  /** SHA-1 of the key: how answers name who signed them (RFC 6960, 4.2.1, `byKey`). */
  readonly keyHash: Uint8Array;
  readonly #privateKey: KeyObject;

  constructor(issuer: Issuer, certificate: Certificate, privateKey: KeyObject) {
    this.issuer = issuer;
    this.certificate = certificate;
    this.keyHash = hash('sha1', publicKeyBits(certificate.publicKeySpki), 'buffer');
    this.#privateKey = privateKey;
    Object.freeze(this);
  }

  static sign(key: AppointedKey, bytes: Uint8Array): Signature {
    return { ...signatureAlgorithmOf(key.#privateKey), value: signBytes(key.#privateKey, bytes) };
  }
}

/** Made by {@link appointResponder} alone; its private key cannot be read from it. */
export type ResponderKey = AppointedKey;

/**
 * Makes a key and has the issuer appoint it. The certificate has no revocation of its own (`ocsp-nocheck`, RFC 6960,
 * 4.2.2.2.1), hence the short life.
 *
 * @param validityDays 1 to 90
 * @throws {ProblemError} `issuer-unavailable`, `certificate-unusable`
 */
export async function appointResponder(
  issuer: Issuer,
  { validityDays, serialNumber }: { readonly validityDays: number; readonly serialNumber?: SerialNumber },
  deps: IssuanceDeps,
): Promise<ResponderKey> {
  if (!Number.isInteger(validityDays) || validityDays < 1 || validityDays > MAX_VALIDITY_DAYS) {
    throw new TypeError(`validityDays: a whole number from 1 to ${MAX_VALIDITY_DAYS} is expected`);
  }
  const now = deps.clock.now();
  const { privateKeyPkcs8, publicKeySpki } = await generateKeyPair(keyAlgorithmOf(issuer));
  const template: CertificateTemplate = {
    serialNumber: serialNumber ?? makeSerialNumber(deps.random),
    algorithmDer: issuerSignatureAlgorithm(issuer).algorithmDer,
    issuerDer: issuer.certificate.subject.der,
    subjectDer: encodeDistinguishedName({ commonName: 'OCSP' }),
    notBefore: backdated(now),
    notAfter: earlier(daysAfter(now, validityDays), issuer.certificate.notAfter),
    publicKeySpki,
    extensions: [
      keyUsage(['digitalSignature']),
      extendedKeyUsage([OID.ocspSigning]),
      ocspNoCheck(),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(issuer.keyIdentifier),
    ],
  };
  checkWithinIssuer(template, issuer);
  const tbsDer = encodeTbsCertificate(template);
  const certificateDer = assembleCertificate(tbsDer, signAs(issuer, tbsDer));
  const certificate = lintCertificate(certificateDer, template, issuer.certificate);
  return new AppointedKey(issuer, certificate, readPrivateKey(privateKeyPkcs8));
}

/** For this folder only. */
export function signAnswer(key: ResponderKey, bytes: Uint8Array): Signature {
  return AppointedKey.sign(key, bytes);
}

function keyAlgorithmOf(issuer: Issuer): KeyAlgorithm {
  return issuerSignatureAlgorithm(issuer).algorithm === OID.sha256WithRSAEncryption ? 'rsa-2048' : 'p-256';
}
