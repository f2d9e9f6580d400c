/**
 * An authority that can sign. An {@link Issuer} exists only after its key was compared with its certificate, and its
 * key cannot be read from it: what holds an issuer can have things signed through the doors of this folder only.
 */
import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import type { IssuerId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { encodedNull, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { findKeyWeakness, publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';

class AuthorityWithKey {
  readonly id: IssuerId;
  readonly certificate: Certificate;
  /** Its subject key identifier: what it signs refers to it by this. Hexadecimal. */
  readonly keyIdentifier: string;
  readonly #privateKey: KeyObject;

  constructor(id: IssuerId, certificate: Certificate, keyIdentifier: string, privateKey: KeyObject) {
    this.id = id;
    this.certificate = certificate;
    this.keyIdentifier = keyIdentifier;
    this.#privateKey = privateKey;
    Object.freeze(this);
  }

  static keyOf(issuer: AuthorityWithKey): KeyObject {
    return issuer.#privateKey;
  }
}

export type Issuer = AuthorityWithKey;

/** What signing adds to what is signed. */
export interface Signature {
  /** Object identifier. */
  readonly algorithm: string;
  /** AlgorithmIdentifier in DER. */
  readonly algorithmDer: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * @throws {ProblemError} `issuer-unavailable` when the certificate is not an authority's or the key is not its key.
 */
export function openIssuer(input: {
  readonly id: IssuerId;
  readonly certificateDer: Uint8Array;
  readonly privateKeyPkcs8: Uint8Array;
}): Issuer {
  const certificate = parseCertificate(input.certificateDer);
  const privateKey = readPrivateKey(input.privateKeyPkcs8);
  if (Buffer.compare(publicKeyOf(privateKey), certificate.publicKeySpki) !== 0) {
    throw issuerUnavailable('the private key does not belong to the certificate of the authority');
  }
  // RFC 5280, 4.2.1.9 and 4.2.1.3.
  if (
    certificate.basicConstraints?.ca !== true ||
    !certificate.criticalExtensions.includes(OID.basicConstraints)
  ) {
    throw issuerUnavailable('the certificate is not a certification authority');
  }
  if (!certificate.keyUsage?.includes('keyCertSign') || !certificate.keyUsage.includes('cRLSign')) {
    throw issuerUnavailable('the certificate may not sign certificates and revocation lists');
  }
  if (certificate.subjectKeyIdentifier === undefined) {
    throw issuerUnavailable('the certificate of the authority has no subject key identifier');
  }
  const weakness = findKeyWeakness(certificate.publicKeySpki);
  if (weakness !== undefined) throw issuerUnavailable(weakness);
  return new AuthorityWithKey(input.id, certificate, certificate.subjectKeyIdentifier, privateKey);
}

export function issuerUnavailable(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('issuer-unavailable', { detail, cause });
}

/** The AlgorithmIdentifier must stand inside of what is signed, so it is asked for before. */
export function signatureAlgorithmOf(key: Pick<KeyObject, 'asymmetricKeyType'>): {
  algorithm: string;
  algorithmDer: Uint8Array;
} {
  // RFC 4055, section 5: RSA has NULL parameters. RFC 5758, 3.2: ECDSA has none.
  return key.asymmetricKeyType === 'rsa'
    ? {
        algorithm: OID.sha256WithRSAEncryption,
        algorithmDer: encodeSequence(encodeOid(OID.sha256WithRSAEncryption), encodedNull),
      }
    : { algorithm: OID.ecdsaWithSHA256, algorithmDer: encodeSequence(encodeOid(OID.ecdsaWithSHA256)) };
}

export function issuerSignatureAlgorithm(issuer: Issuer): { algorithm: string; algorithmDer: Uint8Array } {
  return signatureAlgorithmOf(AuthorityWithKey.keyOf(issuer));
}

/** For this library only: signs bytes that a profile made. Signatures of ECDSA are in DER (RFC 3279, 2.2.3). */
export function signAs(issuer: Issuer, bytes: Uint8Array): Signature {
  const key = AuthorityWithKey.keyOf(issuer);
  return { ...signatureAlgorithmOf(key), value: signBytes(key, bytes) };
}

export function signBytes(privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  // The key alone: with options beside it, Node 24 needs half as long again. DER is what it writes by itself.
  return new Uint8Array(sign('sha256', bytes, privateKey));
}
