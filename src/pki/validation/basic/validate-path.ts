/**
 * Basic path validation (RFC 5280, 6.1) of one path under one anchor. Goes on after the first thing that is wrong,
 * because a person who repairs one fault wants to know of the others.
 */
import { OID } from '../../der/oid.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { isEquivalentName } from '../../x509/name-comparison.ts';
import { type CertificateRules, rulesOf } from '../certificate-rules.ts';
import { ConstrainedNames } from '../names/constrained-names.ts';
import type { KeyHolder, PathInputs, PathOutcome, PathServices, TrustAnchor } from '../path-inputs.ts';
import { type PathReason, verdictOf } from '../reasons.ts';
import type { CertificateStatus } from '../revocation/certificate-status.ts';
import { checkCertificate, checkUsage } from './check-certificate.ts';
import { checkSignature } from './check-signature.ts';
import { mapsAnyPolicy, PolicyState } from './policy-state.ts';
import { type Report, reporter } from './report.ts';
import { inheritParameters } from './working-key.ts';

export interface PathToValidate {
  readonly anchor: TrustAnchor;
  /** From the certificate that the anchor issued to the end entity; none when that is the anchor itself. */
  readonly path: readonly Certificate[];
  readonly inputs: PathInputs;
  readonly services: PathServices;
}

export function validatePath({ anchor, path, inputs, services }: PathToValidate): PathOutcome {
  const reasons: PathReason[] = [];
  const statuses: (CertificateStatus | undefined)[] = [];
  const policies = new PolicyState(inputs, path.length);
  const names = new ConstrainedNames(services.budget);
  if (inputs.initialSubtrees) names.constrain(inputs.initialSubtrees, true);
  const longest = Math.min(path.length, inputs.maxPathLength ?? path.length);
  const length: LengthState = { left: longest, limit: longest, limitedBy: 0 };
  let issuer: KeyHolder = {
    name: anchor.name,
    subjectPublicKeyInfo: anchor.subjectPublicKeyInfo,
    certificate: anchor.certificate,
  };
  let isTrustworthy = true;
  let isPolicyTold = false;

  if (anchor.certificate) prepareAnchor(anchor.certificate);
  for (const [index, certificate] of path.entries()) {
    const report = reporter(reasons, index + 1);
    const isLast = index === path.length - 1;
    const rules = rulesOf(certificate);
    processCertificate(certificate, rules, isLast, report);
    if (isLast) checkUsage(certificate, inputs, report);
    else prepareForNext(certificate, rules, index + 1, report);
    issuer = {
      name: certificate.subject,
      subjectPublicKeyInfo: inheritParameters(certificate.publicKeySpki, issuer.subjectPublicKeyInfo),
      certificate,
    };
  }
  const last = path.at(-1);
  const validPolicies = last ? policies.wrapUp(rulesOf(last)) : [];
  if (!validPolicies) tellMissingPolicy(reporter(reasons, path.length), '6.1.5 (g)');

  return {
    verdict: verdictOf(reasons),
    reasons,
    anchor,
    path,
    policies: validPolicies ?? [],
    workingKey: issuer.subjectPublicKeyInfo,
    statuses,
  };

  /** RFC 5937: what the anchor's own certificate constrains. */
  function prepareAnchor(certificate: Certificate): void {
    const rules = rulesOf(certificate);
    const report = reporter(reasons, 0);
    checkCertificate(certificate, inputs, report);
    if (path.length === 0) checkUsage(certificate, inputs, report);
    else checkAuthority(certificate, report, { isAnchor: true });
    if (rules.nameConstraints) names.constrain(rules.nameConstraints, true);
    policies.constrain(rules);
    limitLength(length, certificate, 0);
  }

  /** 6.1.3. */
  function processCertificate(
    certificate: Certificate,
    rules: CertificateRules,
    isLast: boolean,
    report: Report,
  ): void {
    isTrustworthy = checkSignature(certificate, issuer, inputs, services, report) && isTrustworthy;
    if (!isEquivalentName(certificate.issuer, issuer.name)) {
      isTrustworthy = false;
      report('6.1.3 (a) (4)', {
        code: 'issuer-name-mismatch',
        expected: certificate.issuer.text,
        found: issuer.name.text,
      });
    }
    checkCertificate(certificate, inputs, report);
    statuses.push(checkRevocation(certificate, report));
    if (isLast || !rules.isSelfIssued) {
      for (const finding of names.check(certificate)) {
        report(finding.code === 'name-excluded' ? '6.1.3 (c)' : '6.1.3 (b)', finding);
      }
    }
    const policyCount = (rules.policies?.policies.size ?? 0) + rules.policyMappings.length;
    if (!services.budget.spend('policies', policyCount)) {
      report('6.1.3 (d)', { code: 'work-exhausted', kind: 'policies' });
    } else if (!policies.process(rules, isLast)) tellMissingPolicy(report, '6.1.3 (f)');
  }

  function checkRevocation(certificate: Certificate, report: Report): CertificateStatus | undefined {
    // What an authority says whose key is not proven is no evidence.
    if (!services.checkStatus || !isTrustworthy) return undefined;
    const status = services.checkStatus({ certificate, issuer, anchor });
    if (status.status === 'unknown') {
      report('6.3.3', { code: 'revocation-unknown', gaps: status.gaps });
    } else if (status.status === 'revoked') {
      const { revokedAt, reason, source } = status;
      const code = reason === 'certificateHold' ? 'certificate-on-hold' : 'certificate-revoked';
      report('6.1.3 (a) (3)', { code, revokedAt, reason, source });
    }
    return status;
  }

  /** 6.1.4. */
  function prepareForNext(
    certificate: Certificate,
    rules: CertificateRules,
    position: number,
    report: Report,
  ): void {
    if (mapsAnyPolicy(rules)) report('6.1.4 (a)', { code: 'policy-mapping-any' });
    else policies.map(rules);
    if (rules.nameConstraints) {
      names.constrain(rules.nameConstraints, certificate.criticalExtensions.includes(OID.nameConstraints));
    }
    if (!rules.isSelfIssued) policies.countDown();
    policies.constrain(rules);
    checkAuthority(certificate, report, { isAnchor: false });
    if (!rules.isSelfIssued) {
      if (length.left <= 0) {
        const { limit, limitedBy } = length;
        report('6.1.4 (l)', { code: 'path-length-exceeded', limit, limitedBy });
      } else length.left -= 1;
    }
    limitLength(length, certificate, position);
  }

  /** (k) and (n). An anchor without extensions is trusted as it is. */
  function checkAuthority(
    certificate: Certificate,
    report: Report,
    { isAnchor }: { readonly isAnchor: boolean },
  ): void {
    const { basicConstraints, keyUsage, extendedKeyUsage, version } = certificate;
    if (version !== 3 && !isAnchor) report('6.1.4 (k)', { code: 'version-too-old', version });
    else if (basicConstraints && !basicConstraints.ca) {
      report('6.1.4 (k)', { code: 'authority-flag-missing' });
    } else if (!basicConstraints && !isAnchor) report('6.1.4 (k)', { code: 'basic-constraints-missing' });
    if (keyUsage && !keyUsage.includes('keyCertSign')) {
      report('6.1.4 (n)', { code: 'key-usage-missing', usage: 'keyCertSign' });
    }
    const { purpose, isPurposeAskedOfAuthorities } = inputs;
    if (purpose === undefined || !isPurposeAskedOfAuthorities || isAnchor || !extendedKeyUsage) return;
    if (!extendedKeyUsage.includes(purpose) && !extendedKeyUsage.includes(OID.anyExtendedKeyUsage)) {
      report('4.2.1.12', { code: 'purpose-missing', purpose });
    }
  }

  function tellMissingPolicy(report: Report, clause: string): void {
    if (!isPolicyTold) {
      report(clause, { code: 'policy-missing', initialPolicies: inputs.initialPolicies ?? [OID.anyPolicy] });
    }
    isPolicyTold = true;
  }
}

interface LengthState {
  /** max_path_length */
  left: number;
  limit: number;
  limitedBy: number;
}

/** 6.1.4 (m). */
function limitLength(length: LengthState, { basicConstraints }: Certificate, position: number): void {
  const limit = basicConstraints?.ca ? basicConstraints.pathLength : undefined;
  if (limit === undefined || limit >= length.left) return;
  length.left = limit;
  length.limit = limit;
  length.limitedBy = position;
}
