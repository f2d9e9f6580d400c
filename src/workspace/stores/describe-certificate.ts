/** From the octets of a certificate or list to what is kept of it. Bounded, but for a worker: the octets are anybody's. */
import { hash } from 'node:crypto';
import type { LargeRevocationList } from '../../pki/crl/large-revocation-list.ts';
import { type Certificate, parseCertificate } from '../../pki/x509/certificate.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import type { DistinguishedName } from '../../pki/x509/distinguished-name.ts';
import { nameKey } from '../../pki/x509/name-comparison.ts';
import { describeAlgorithm } from './key-algorithm.ts';
import type { KnownCertificate, KnownList } from './known-certificate.ts';
import { fieldOf, NAME_OID, readNameFields, titleOf } from './name-fields.ts';
import { searchTextOf } from './search-text.ts';

/** @throws {ProblemError} `der-invalid` */
export function describeCertificate(certificateDer: Uint8Array): KnownCertificate {
  return describeParsed(parseCertificate(certificateDer));
}

/** @throws {ProblemError} `der-invalid` where a name cannot be taken apart */
export function describeParsed(certificate: Certificate): KnownCertificate {
  const { subject, issuer } = certificate;
  const fields = readNameFields(subject);
  const issuerFields = readNameFields(issuer);
  const subjectKey = nameKeyOf(subject);
  const issuerKey = nameKeyOf(issuer);
  const isSelfIssued = subjectKey === issuerKey;
  const innLe = organisationInn(fields);
  const inn = fieldOf(fields, NAME_OID.inn);
  const email = fieldOf(fields, NAME_OID.email) ?? certificate.subjectAltName?.emailAddresses[0];
  const issuerName = titleOf(issuerFields, issuer);
  return {
    sha256: certificate.sha256Fingerprint,
    der: certificate.der,
    subjectKey,
    issuerKey,
    serialNumber: certificate.serialNumber,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    authorityKeyIdentifier: certificate.authorityKeyIdentifier,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    owner: titleOf(fields, subject),
    issuerName,
    organisation: fieldOf(fields, NAME_OID.organisation) ?? '',
    inn: inn === undefined || isLegalInn(inn) ? undefined : inn,
    innLe,
    snils: fieldOf(fields, NAME_OID.snils),
    ogrn: fieldOf(fields, NAME_OID.ogrn, NAME_OID.ogrnip),
    email: email === undefined ? undefined : displayText(email),
    algorithm: describeAlgorithm(certificate.publicKeySpki),
    isCa: isAuthority(certificate, isSelfIssued),
    isSelfIssued,
    searchText: searchTextOf([
      ...fields.map(({ value }) => value),
      innLe,
      ...(certificate.subjectAltName?.emailAddresses ?? []),
      ...(certificate.subjectAltName?.dnsNames ?? []),
      issuerName,
      certificate.serialNumber,
      certificate.sha256Fingerprint,
    ]),
  };
}

/** @throws {ProblemError} `der-invalid` */
export function describeList(list: LargeRevocationList): KnownList {
  const issuerName = titleOf(readNameFields(list.issuer), list.issuer);
  return {
    sha256: list.sha256Fingerprint,
    der: list.der,
    issuerKey: nameKeyOf(list.issuer),
    issuerName,
    authorityKeyIdentifier: list.authorityKeyIdentifier,
    number: list.number,
    baseNumber: list.deltaBaseNumber,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    entryCount: list.entryCount,
    searchText: searchTextOf([issuerName, list.issuer.text.slice(0, 2000), list.sha256Fingerprint]),
  };
}

/** Names may be long; their keys are not. */
export function nameKeyOf(name: DistinguishedName): string {
  return hash('sha256', nameKey(name), 'hex');
}

/** Certificates of version 1 cannot say it (RFC 5280, 4.2.1.9): of them those that sign themselves are roots. */
function isAuthority(certificate: Certificate, isSelfIssued: boolean): boolean {
  if (certificate.basicConstraints !== undefined) return certificate.basicConstraints.ca;
  return certificate.version === 1 && isSelfIssued;
}

/** Before 2021 the number of an organisation (10 digits) stood in the person's attribute, with two zeros before it. */
function organisationInn(fields: ReturnType<typeof readNameFields>): string | undefined {
  const own = fieldOf(fields, NAME_OID.innLe);
  if (own !== undefined) return own;
  const inn = fieldOf(fields, NAME_OID.inn);
  return inn !== undefined && isLegalInn(inn) ? inn.slice(2) : undefined;
}

function isLegalInn(inn: string): boolean {
  return /^00\d{10}$/.test(inn);
}
