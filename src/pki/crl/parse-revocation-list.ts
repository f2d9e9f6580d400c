/**
 * Reading revocation lists (RFC 5280, section 5) of any authority. Bounded by size and by number of entries; linear,
 * without a schema parser. Verifies nothing by itself: see `isRevocationListSignedBy`.
 */
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import {
  readBigInteger,
  readOid,
  readSignatureBytes,
  readSmallInteger,
  readTime,
} from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { verifySoundSignature } from '../signatures/verify-sound-signature.ts';
import type { Certificate, CertificateSignature } from '../x509/certificate.ts';
import { type DistinguishedName, isSameName, readDistinguishedName } from '../x509/distinguished-name.ts';
import { decodeIssuingDistributionPoint, type IssuingDistributionPoint } from '../x509/distribution-point.ts';
import { readAuthorityKeyIdentifier, readRawExtensions } from '../x509/extensions.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { readRevokedEntry } from './read-revoked-entry.ts';
import type { RevocationListScope, RevokedEntry } from './revoked-entry.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 2_000_000;

export interface RevocationList {
  readonly der: Uint8Array;
  readonly tbsDer: Uint8Array;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly number?: bigint;
  /** Hexadecimal, lower case. */
  readonly authorityKeyIdentifier?: string;
  readonly distributionPointUrls: readonly string[];
  readonly covers: RevocationListScope;
  readonly issuingDistributionPoint?: IssuingDistributionPoint;
  /** The value of the extension; a delta list has the same as its complete list. */
  readonly issuingDistributionPointDer?: Uint8Array;
  /** BaseCRLNumber: the list is a delta and says only what changed since that number (RFC 5280, 5.2.4). */
  readonly deltaBaseNumber?: bigint;
  readonly entries: readonly RevokedEntry[];
  /** Object identifiers of the list's critical extensions, and of its entries'. */
  readonly criticalExtensions: readonly string[];
  readonly signature: CertificateSignature;
}

/**
 * Takes exactly one list in DER, at most 64 MiB.
 *
 * @throws {ProblemError} `der-invalid`
 */
export function parseRevocationList(listDer: Uint8Array): RevocationList {
  const what = 'revocation list';
  if (listDer.length > MAX_BYTES) throw derInvalid(`${what}: longer than ${MAX_BYTES} bytes`);
  const der = Uint8Array.from(listDer);
  const outer = readDer(der, what).expect(TAG.sequence, what).reader();
  const tbs = outer.expect(TAG.sequence, what);
  const algorithm = outer.expect(TAG.sequence, 'signature algorithm');
  const signature = readSignatureBytes(outer.next('signature'), 'signature');
  outer.end(what);

  const fields = tbs.reader();
  const version = fields.optional(TAG.integer);
  if (version && readSmallInteger(version, 'version') !== 1) throw derInvalid('version: not 2');
  if (Buffer.compare(fields.expect(TAG.sequence, 'signature algorithm').der, algorithm.der) !== 0) {
    throw derInvalid('the two signature algorithms of the list differ');
  }
  const issuer = readDistinguishedName(fields.next('issuer'), 'issuer');
  const thisUpdate = readTime(fields.next('thisUpdate'), 'thisUpdate');
  const nextUpdate = fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime);
  const revoked = fields.optional(TAG.sequence);
  const wrapper = fields.optional(contextTag(0, 'constructed'));
  fields.end(what);
  const { entries, criticalExtensions } = readEntries(revoked?.reader());
  const extensions = readListExtensions(wrapper);

  return Object.freeze({
    der,
    tbsDer: tbs.der,
    sha256Fingerprint: fingerprintOf(der),
    issuer,
    thisUpdate,
    ...(nextUpdate && { nextUpdate: readTime(nextUpdate, 'nextUpdate') }),
    ...extensions,
    entries,
    criticalExtensions: [...extensions.criticalExtensions, ...criticalExtensions],
    signature: {
      algorithm: readOid(algorithm.reader().next('algorithm'), 'algorithm'),
      algorithmDer: algorithm.der,
      value: signature,
    },
  });
}

/** Name and signature; neither dates nor whether the authority may sign lists. */
export function isRevocationListSignedBy(list: RevocationList, issuer: Certificate): boolean {
  return (
    isSameName(list.issuer, issuer.subject) &&
    verifySoundSignature({
      signatureAlgorithm: list.signature.algorithmDer,
      signedBytes: list.tbsDer,
      signature: list.signature.value,
      subjectPublicKeyInfo: issuer.publicKeySpki,
    }) === 'verified'
  );
}

function readEntries(reader: DerReader | undefined): {
  entries: RevokedEntry[];
  criticalExtensions: Set<string>;
} {
  const entries: RevokedEntry[] = [];
  const criticalExtensions = new Set<string>();
  // RFC 5280, 5.3.3: the issuer of an entry is that of the entry before, unless it names one.
  let certificateIssuer: DistinguishedName | undefined;
  while (reader && !reader.isDone) {
    if (entries.length >= MAX_ENTRIES) throw derInvalid(`more than ${MAX_ENTRIES} revoked certificates`);
    const read = readRevokedEntry(reader.next('revoked certificate'));
    for (const oid of read.criticalExtensions) criticalExtensions.add(oid);
    certificateIssuer = read.namedIssuer ?? certificateIssuer;
    entries.push({ ...read.entry, ...(certificateIssuer && { certificateIssuer }) });
  }
  return { entries, criticalExtensions };
}

function readListExtensions(
  wrapper: DerElement | undefined,
): Pick<
  RevocationList,
  | 'number'
  | 'authorityKeyIdentifier'
  | 'distributionPointUrls'
  | 'covers'
  | 'criticalExtensions'
  | 'issuingDistributionPoint'
  | 'issuingDistributionPointDer'
  | 'deltaBaseNumber'
> {
  if (!wrapper) return { distributionPointUrls: [], covers: 'all', criticalExtensions: [] };
  const reader = wrapper.reader();
  const { values, critical } = readRawExtensions(reader.next('extensions'), 'extensions');
  reader.end('extensions');
  const number = values.get(OID.cRLNumber);
  const aki = values.get(OID.authorityKeyIdentifier);
  const authorityKeyIdentifier = aki && readAuthorityKeyIdentifier(aki);
  const point = values.get(OID.issuingDistributionPoint);
  const base = values.get(OID.deltaCRLIndicator);
  return {
    ...(number && { number: readBigInteger(readDer(number, 'CRL number'), 'CRL number', 21) }),
    ...(authorityKeyIdentifier !== undefined && { authorityKeyIdentifier }),
    ...(base && { deltaBaseNumber: readBigInteger(readDer(base, 'base CRL number'), 'base CRL number', 21) }),
    ...(point ? readIssuingDistributionPoint(point) : { distributionPointUrls: [], covers: 'all' as const }),
    criticalExtensions: critical,
  };
}

function readIssuingDistributionPoint(
  value: Uint8Array,
): Pick<
  RevocationList,
  'distributionPointUrls' | 'covers' | 'issuingDistributionPoint' | 'issuingDistributionPointDer'
> {
  const point = decodeIssuingDistributionPoint(value);
  return {
    distributionPointUrls: point.name?.kind === 'full' ? readableUris(point.name.names) : [],
    covers: point.onlyContainsUserCerts
      ? 'user-certificates'
      : point.onlyContainsCACerts
        ? 'ca-certificates'
        : 'all',
    issuingDistributionPoint: point,
    issuingDistributionPointDer: value,
  };
}

/** Addresses with a control or a letter outside ASCII are not shown and not fetched. */
function readableUris(names: readonly GeneralName[]): readonly string[] {
  return names.flatMap((name) =>
    name.form === 'uniformResourceIdentifier' && /^[\x20-\x7e]*$/.test(name.text) ? [name.text] : [],
  );
}
