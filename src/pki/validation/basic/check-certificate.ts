/** What is asked of every certificate by itself, wherever it stands in a path. */
import { OID } from '../../der/oid.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { rulesOf } from '../certificate-rules.ts';
import type { PathInputs } from '../path-inputs.ts';
import { findUnknownQualifier } from './policy-state.ts';
import { findProfileBreaches, PROFILE_RULES } from './profile.ts';
import type { Report } from './report.ts';

/** Extensions that are processed here, or were processed by the time a path is valid. */
const PROCESSED: ReadonlySet<string> = new Set([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.nameConstraints,
  OID.cRLDistributionPoints,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.authorityKeyIdentifier,
  OID.policyConstraints,
  OID.extKeyUsage,
  OID.inhibitAnyPolicy,
  OID.ocspNoCheck,
]);

export function checkCertificate(certificate: Certificate, inputs: PathInputs, report: Report): void {
  const { notBefore, notAfter } = certificate;
  if (inputs.time < notBefore) report('6.1.3 (a) (2)', { code: 'certificate-not-yet-valid', notBefore });
  if (inputs.time > notAfter) report('6.1.3 (a) (2)', { code: 'certificate-expired', notAfter });
  const rules = rulesOf(certificate);
  for (const oid of certificate.criticalExtensions) {
    if (!PROCESSED.has(oid)) report('4.2', { code: 'extension-critical-unknown', oid });
  }
  for (const malformed of rules.malformed) report('4.2', { code: 'extension-malformed', ...malformed });
  if (certificate.criticalExtensions.includes(OID.certificatePolicies)) {
    const qualifier = findUnknownQualifier(rules);
    if (qualifier !== undefined) report('4.2.1.4', { code: 'policy-qualifier-unknown', qualifier });
  }
  if (inputs.conformity === 'rfc5280') {
    for (const rule of findProfileBreaches(certificate)) {
      report(PROFILE_RULES[rule], { code: 'profile-violated', rule });
    }
  }
}

/** What the end entity's key is to be used for (4.2.1.3, 4.2.1.12). */
export function checkUsage(certificate: Certificate, inputs: PathInputs, report: Report): void {
  const { keyUsage, extendedKeyUsage } = certificate;
  for (const usage of inputs.keyUsages ?? []) {
    if (keyUsage && !keyUsage.includes(usage)) report('4.2.1.3', { code: 'key-usage-missing', usage });
  }
  const { purpose } = inputs;
  if (purpose === undefined || !extendedKeyUsage) return;
  // RFC 6960, 4.2.2.2: answering for others must be named, "any" does not do; see the reader of OCSP responses.
  if (!extendedKeyUsage.includes(purpose) && !extendedKeyUsage.includes(OID.anyExtendedKeyUsage)) {
    report('4.2.1.12', { code: 'purpose-missing', purpose });
  }
}
