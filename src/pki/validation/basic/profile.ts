/**
 * What an authority that follows RFC 5280, section 4, writes into certificates. Path validation (section 6) does not
 * ask for it, and authorities in use break it; who asks for conformity gets these as reasons.
 */
import { readDer } from '../../der/der-element.ts';
import { OID } from '../../der/oid.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { serialNumberBytes } from '../../x509/serial-number.ts';
import { type CertificateRules, rulesOf } from '../certificate-rules.ts';

/** Each with its clause. */
export const PROFILE_RULES = {
  'serial-number-not-positive': '4.1.2.2',
  'serial-number-too-long': '4.1.2.2',
  'issuer-empty': '4.1.2.4',
  'subject-of-authority-empty': '4.1.2.6',
  'subject-empty-without-alternative-name': '4.1.2.6',
  'subject-alternative-name-not-critical': '4.2.1.6',
  'authority-key-identifier-missing': '4.2.1.1',
  'authority-key-identifier-critical': '4.2.1.1',
  'subject-key-identifier-missing': '4.2.1.2',
  'subject-key-identifier-critical': '4.2.1.2',
  'key-usage-of-authority-missing': '4.2.1.3',
  'key-usage-empty': '4.2.1.3',
  'key-usage-certificate-signing-without-authority': '4.2.1.3',
  'basic-constraints-not-critical': '4.2.1.9',
  'path-length-without-authority': '4.2.1.9',
  'name-constraints-not-critical': '4.2.1.10',
  'name-constraints-without-authority': '4.2.1.10',
  'policy-constraints-not-critical': '4.2.1.11',
  'inhibit-any-policy-not-critical': '4.2.1.14',
} as const;

export type ProfileRule = keyof typeof PROFILE_RULES;

type Breach = (certificate: Certificate, rules: CertificateRules) => boolean;

const isCritical = ({ criticalExtensions }: Certificate, oid: string): boolean =>
  criticalExtensions.includes(oid);
const isPresentUncritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensionValues.has(oid) && !isCritical(certificate, oid);
const isAuthority = ({ basicConstraints }: Certificate): boolean => basicConstraints?.ca === true;

const BREACHES: Readonly<Record<ProfileRule, Breach>> = {
  'serial-number-not-positive': ({ serialNumber }) => {
    const octets = serialNumberBytes(serialNumber);
    return (octets[0] ?? 0) >= 0x80 || octets.every((octet) => octet === 0);
  },
  'serial-number-too-long': ({ serialNumber }) => serialNumberBytes(serialNumber).length > 20,
  'issuer-empty': ({ issuer }) => readDer(issuer.der, 'issuer').contentLength === 0,
  'subject-of-authority-empty': (certificate, { isSubjectEmpty }) =>
    isSubjectEmpty && isAuthority(certificate),
  'subject-empty-without-alternative-name': (_, { isSubjectEmpty, subjectAltNames }) =>
    isSubjectEmpty && subjectAltNames.length === 0,
  'subject-alternative-name-not-critical': (certificate, { isSubjectEmpty }) =>
    isSubjectEmpty && isPresentUncritical(certificate, OID.subjectAltName),
  'authority-key-identifier-missing': (certificate, { isSelfIssued }) =>
    certificate.version === 3 && !isSelfIssued && certificate.authorityKeyIdentifier === undefined,
  'authority-key-identifier-critical': (certificate) => isCritical(certificate, OID.authorityKeyIdentifier),
  'subject-key-identifier-missing': (certificate) =>
    isAuthority(certificate) && certificate.subjectKeyIdentifier === undefined,
  'subject-key-identifier-critical': (certificate) => isCritical(certificate, OID.subjectKeyIdentifier),
  'key-usage-of-authority-missing': (certificate) =>
    isAuthority(certificate) && certificate.keyUsage === undefined,
  'key-usage-empty': ({ keyUsage }) => keyUsage?.length === 0,
  'key-usage-certificate-signing-without-authority': (certificate) =>
    certificate.keyUsage?.includes('keyCertSign') === true && !isAuthority(certificate),
  'basic-constraints-not-critical': (certificate) =>
    isAuthority(certificate) && !isCritical(certificate, OID.basicConstraints),
  'path-length-without-authority': (certificate) =>
    certificate.basicConstraints?.pathLength !== undefined &&
    !(isAuthority(certificate) && certificate.keyUsage?.includes('keyCertSign') !== false),
  'name-constraints-not-critical': (certificate) => isPresentUncritical(certificate, OID.nameConstraints),
  'name-constraints-without-authority': (certificate) =>
    certificate.extensionValues.has(OID.nameConstraints) && !isAuthority(certificate),
  'policy-constraints-not-critical': (certificate) => isPresentUncritical(certificate, OID.policyConstraints),
  'inhibit-any-policy-not-critical': (certificate) => isPresentUncritical(certificate, OID.inhibitAnyPolicy),
};

export function findProfileBreaches(certificate: Certificate): readonly ProfileRule[] {
  const rules = rulesOf(certificate);
  return (Object.keys(PROFILE_RULES) as ProfileRule[]).filter((rule) => BREACHES[rule](certificate, rules));
}
