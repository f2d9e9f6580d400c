import { createHash, createPublicKey, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import * as der from '../der/encode.ts';
import { memberOf, readElement } from '../der/read.ts';

/** Who signs certificates, lists and OCSP answers with an RSA key. */
export interface Issuer {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

export interface RsaAddresses {
  /** Of the issuer's certificate. */
  readonly issuer: string;
  readonly revocationList: string;
  readonly ocsp: string;
}

export interface PersonalName {
  readonly surname: string;
  readonly givenName: string;
  readonly organisation: string;
}

const OID = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  givenName: '2.5.4.42',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  distributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformation: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
} as const;

/** sha256WithRSAEncryption (RFC 4055, 5). */
export const SHA256_WITH_RSA = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nothing());

/** An end-entity certificate. RSA signatures of PKCS #1 v1.5 are not random: the same input gives the same bytes. */
export function issueCertificate(input: {
  readonly issuer: Issuer;
  readonly serialNumber: Buffer;
  readonly name: PersonalName;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly addresses: RsaAddresses;
}): Buffer {
  const { issuer, name, addresses } = input;
  const spki = input.publicKey.export({ format: 'der', type: 'spki' });
  const tbs = der.sequence(
    der.tagged(0, der.integer(2)),
    der.integer(input.serialNumber),
    SHA256_WITH_RSA,
    subjectOf(issuer.certificate),
    der.sequence(der.time(input.notBefore), der.time(input.notAfter)),
    encodeName(name),
    spki,
    der.tagged(
      3,
      der.sequence(
        extension(OID.basicConstraints, der.sequence(), true),
        // digitalSignature, nonRepudiation, keyEncipherment
        extension(OID.keyUsage, der.bits(Buffer.from([0xe0]), 5), true),
        extension(OID.extendedKeyUsage, der.sequence(der.oid(OID.clientAuth), der.oid(OID.emailProtection))),
        extension(OID.subjectKeyIdentifier, der.octets(keyIdentifier(spki))),
        extension(OID.authorityKeyIdentifier, authorityKeyIdentifier(issuer)),
        extension(OID.distributionPoints, distributionPoints(addresses.revocationList)),
        extension(
          OID.authorityInformation,
          der.sequence(
            der.sequence(der.oid(OID.caIssuers), uri(addresses.issuer)),
            der.sequence(der.oid(OID.ocsp), uri(addresses.ocsp)),
          ),
        ),
      ),
    ),
  );
  return signed(tbs, issuer.privateKey);
}

/** What X.509 signs: `SEQUENCE { tbs, algorithm, BIT STRING }`. */
export function signed(tbs: Buffer, privateKey: KeyObject): Buffer {
  return der.sequence(tbs, SHA256_WITH_RSA, der.bits(sign('sha256', tbs, privateKey)));
}

export function authorityKeyIdentifier(issuer: Issuer): Buffer {
  return der.sequence(der.implicit(0, keyIdentifier(spkiOf(issuer.certificate))));
}

/** SHA-1 of the key's bits, RFC 5280, 4.2.1.2 (1): what OpenSSL's `hash` makes too. */
export function keyIdentifier(spki: Uint8Array): Buffer {
  const key = memberOf(readElement(spki), 1).content.subarray(1);
  return createHash('sha1').update(key).digest();
}

export function spkiOf(certificate: X509Certificate): Buffer {
  // A key that Node does not know (GOST) is read from the certificate itself.
  return memberOf(readElement(certificate.raw), 0, 6).der;
}

export function subjectOf(certificate: X509Certificate): Buffer {
  return memberOf(readElement(certificate.raw), 0, 5).der;
}

export function extension(name: string, value: Buffer, isCritical = false): Buffer {
  return der.sequence(der.oid(name), ...(isCritical ? [der.boolean(true)] : []), der.octets(value));
}

export function publicKeyOf(privateKey: KeyObject): KeyObject {
  return createPublicKey(privateKey);
}

function encodeName({ surname, givenName, organisation }: PersonalName): Buffer {
  const attribute = (type: string, value: Buffer) => der.setOf([der.sequence(der.oid(type), value)]);
  return der.sequence(
    attribute(OID.country, der.printable('RU')),
    attribute(OID.organisation, der.utf8(organisation)),
    attribute(OID.surname, der.utf8(surname)),
    attribute(OID.givenName, der.utf8(givenName)),
    attribute(OID.commonName, der.utf8(`${surname} ${givenName}`)),
  );
}

function distributionPoints(address: string): Buffer {
  return der.sequence(der.sequence(der.tagged(0, der.tagged(0, uri(address)))));
}

/** `uniformResourceIdentifier [6]` of a GeneralName. */
function uri(address: string): Buffer {
  return der.implicit(6, Buffer.from(address, 'latin1'));
}
