/**
 * Extensions of a certificate (RFC 5280, 4.2). Each may occur once. What is not known here is kept by its OID in the
 * list of critical ones, because a reader that meets an unknown critical extension must refuse the certificate.
 */
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { namedBitsOf, readBoolean, readOid, readSmallInteger } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { type GeneralNames, readGeneralNames } from './general-names.ts';
import { KEY_USAGES, type KeyUsage } from './key-usage.ts';

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength?: number;
}

export interface CertificateExtensions {
  /** Hexadecimal, lower case. */
  readonly subjectKeyIdentifier?: string;
  /** Hexadecimal, lower case. */
  readonly authorityKeyIdentifier?: string;
  readonly keyUsage?: readonly KeyUsage[];
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[];
  readonly basicConstraints?: BasicConstraints;
  readonly subjectAltName?: GeneralNames;
  readonly revocationListUrls: readonly string[];
  readonly caIssuersUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  /** Object identifiers of all extensions that are marked critical. */
  readonly criticalExtensions: readonly string[];
  /** Values (DER) by object identifier, for readers of what is not decoded here. */
  readonly extensionValues: ReadonlyMap<string, Uint8Array>;
}

export interface RawExtensions {
  readonly values: ReadonlyMap<string, Uint8Array>;
  readonly critical: readonly string[];
}

/** `Extensions ::= SEQUENCE OF Extension`, for certificates and revocation lists. */
export function readRawExtensions(sequence: DerElement, what: string): RawExtensions {
  const values = new Map<string, Uint8Array>();
  const critical: string[] = [];
  const extensions = sequence.expect(TAG.sequence, what).reader();
  while (!extensions.isDone) {
    const extension = extensions.expect(TAG.sequence, what).reader();
    const oid = readOid(extension.next(what), what);
    const flag = extension.optional(TAG.boolean);
    if (flag && readBoolean(flag, what)) critical.push(oid);
    const value = extension.expect(TAG.octetString, what).content;
    extension.end(what);
    if (values.has(oid)) throw derInvalid(`${what}: extension ${oid} occurs twice`);
    values.set(oid, value);
  }
  return { values, critical };
}

export function readCertificateExtensions(raw: RawExtensions): CertificateExtensions {
  const { values } = raw;
  const ski = values.get(OID.subjectKeyIdentifier);
  const aki = values.get(OID.authorityKeyIdentifier);
  const usage = values.get(OID.keyUsage);
  const purposes = values.get(OID.extKeyUsage);
  const constraints = values.get(OID.basicConstraints);
  const altName = values.get(OID.subjectAltName);
  const points = values.get(OID.cRLDistributionPoints);
  const access = values.get(OID.authorityInfoAccess);
  const authorityKeyIdentifier = aki && readAuthorityKeyIdentifier(aki);
  const locations = access ? readAccessLocations(access) : { caIssuersUrls: [], ocspUrls: [] };
  return {
    ...(ski && {
      subjectKeyIdentifier: toHex(
        readDer(ski, 'subject key identifier').expect(TAG.octetString, 'subject key identifier').content,
      ),
    }),
    ...(authorityKeyIdentifier !== undefined && { authorityKeyIdentifier }),
    ...(usage && { keyUsage: readKeyUsage(usage) }),
    ...(purposes && {
      extendedKeyUsage: readSequence(purposes, 'extended key usage')
        .rest()
        .map((purpose) => readOid(purpose, 'extended key usage')),
    }),
    ...(constraints && { basicConstraints: readBasicConstraints(constraints) }),
    ...(altName && {
      subjectAltName: readGeneralNames(
        readSequence(altName, 'subject alternative name'),
        'subject alternative name',
      ),
    }),
    revocationListUrls: points ? readDistributionPoints(points) : [],
    ...locations,
    criticalExtensions: raw.critical,
    extensionValues: values,
  };
}

/** The key identifier; the other two fields say nothing that the name of the issuer does not. */
export function readAuthorityKeyIdentifier(value: Uint8Array): string | undefined {
  const keyIdentifier = readSequence(value, 'authority key identifier').optional(contextTag(0, 'primitive'));
  return keyIdentifier && toHex(keyIdentifier.content);
}

/** The URIs of a DistributionPointName that is a full name (RFC 5280, 4.2.1.13). */
function readFullNameUris(distributionPoint: DerElement, what: string): readonly string[] {
  const fullName = distributionPoint.reader().optional(contextTag(0, 'constructed'));
  return fullName ? readGeneralNames(fullName.reader(), what).uris : [];
}

function readSequence(value: Uint8Array, what: string): DerReader {
  return readDer(value, what).expect(TAG.sequence, what).reader();
}

function readKeyUsage(value: Uint8Array): KeyUsage[] {
  const bits = namedBitsOf(
    readDer(value, 'key usage').expect(TAG.bitString, 'key usage').content,
    'key usage',
  );
  return KEY_USAGES.filter((_, bit) => bits.has(bit));
}

function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const what = 'basic constraints';
  const reader = readSequence(value, what);
  const flag = reader.optional(TAG.boolean);
  const pathLength = reader.optional(TAG.integer);
  reader.end(what);
  return {
    ca: flag !== undefined && readBoolean(flag, what),
    ...(pathLength && { pathLength: readSmallInteger(pathLength, what) }),
  };
}

function readDistributionPoints(value: Uint8Array): string[] {
  const what = 'CRL distribution points';
  return readSequence(value, what)
    .rest()
    .flatMap((point) => {
      const name = point.expect(TAG.sequence, what).reader().optional(contextTag(0, 'constructed'));
      return name ? readFullNameUris(name, what) : [];
    });
}

function readAccessLocations(value: Uint8Array): { caIssuersUrls: string[]; ocspUrls: string[] } {
  const what = 'authority information access';
  const caIssuersUrls: string[] = [];
  const ocspUrls: string[] = [];
  for (const description of readSequence(value, what).rest()) {
    const reader = description.expect(TAG.sequence, what).reader();
    const method = readOid(reader.next(what), what);
    const { uris } = readGeneralNames(reader, what);
    if (method === OID.caIssuers) caIssuersUrls.push(...uris);
    if (method === OID.ocsp) ocspUrls.push(...uris);
  }
  return { caIssuersUrls, ocspUrls };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
