/** What can be told about a path that reaches no anchor: what is missing, and what is wrong below it. */
import type { Certificate } from '../../x509/certificate.ts';
import { checkCertificate, checkUsage } from '../basic/check-certificate.ts';
import { reporter } from '../basic/report.ts';
import { validatePath } from '../basic/validate-path.ts';
import { rulesOf } from '../certificate-rules.ts';
import { type PathInputs, type PathOutcome, type PathServices, trustAnchorOf } from '../path-inputs.ts';
import { type PathReason, verdictOf } from '../reasons.ts';

/** @param below the end entity first, then as far upwards as certificates reach */
export function describeDeadEnd(
  below: readonly Certificate[],
  { inputs, services }: { readonly inputs: PathInputs; readonly services: PathServices },
): PathOutcome {
  const path = below.toReversed();
  const [top, ...rest] = path;
  const reasons: PathReason[] = [];
  if (top) {
    reasons.push(...findFaultsBelow(top, rest, inputs, services));
    const report = reporter(reasons, 1);
    if (isSelfSigned(top, services)) {
      const { subject, sha256Fingerprint } = top;
      report('6.1.1 (d)', { code: 'anchor-not-trusted', subject: subject.text, sha256Fingerprint });
    } else {
      report('6.1', {
        code: 'issuer-missing',
        issuer: top.issuer.text,
        authorityKeyIdentifier: top.authorityKeyIdentifier,
        caIssuersUrls: top.caIssuersUrls,
      });
    }
  }
  return {
    verdict: verdictOf(reasons),
    reasons,
    anchor: undefined,
    path,
    policies: [],
    workingKey: undefined,
    statuses: [],
  };
}

/** As if the topmost certificate were trusted: its issuer alone can say whether something is revoked. */
function findFaultsBelow(
  top: Certificate,
  rest: readonly Certificate[],
  inputs: PathInputs,
  services: PathServices,
): readonly PathReason[] {
  if (rest.length === 0) {
    const reasons: PathReason[] = [];
    checkCertificate(top, inputs, reporter(reasons, 1));
    checkUsage(top, inputs, reporter(reasons, 1));
    return reasons;
  }
  const { reasons } = validatePath({
    anchor: trustAnchorOf(top),
    path: rest,
    inputs,
    services: { ...services, checkStatus: undefined },
  });
  return reasons
    .filter(({ code }) => code !== 'policy-missing')
    .map((reason) => ({ ...reason, certificate: reason.certificate + 1 }));
}

function isSelfSigned(certificate: Certificate, { verify }: PathServices): boolean {
  return (
    rulesOf(certificate).isSelfIssued &&
    verify({
      signatureAlgorithm: certificate.signature.algorithmDer,
      subjectPublicKeyInfo: certificate.publicKeySpki,
      signedBytes: certificate.tbsDer,
      signature: certificate.signature.value,
    }) === 'verified'
  );
}
