/** Revocation by OCSP responses that were received (RFC 6960, 3.2). */
import { ProblemError } from '../../../kernel/problem.ts';
import { isAbout } from '../../ocsp/match-certificate-id.ts';
import type { OcspSingleResponse } from '../../ocsp/parse-ocsp-response.ts';
import type { StatusQuestion } from '../path-inputs.ts';
import type { CertificateStatus, OcspEvidence, RevocationGap } from './certificate-status.ts';
import { findResponderFault, type ResponderSearch } from './responder.ts';

export interface ResponseCheck extends ResponderSearch {
  readonly responses: readonly OcspEvidence[];
}

/** Clocks differ; a responder signs at the second of its answer. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** RFC 6960, 2.4: without nextUpdate newer information is always there; so an old answer is worth nothing. */
const OPEN_ENDED_MS = 24 * 60 * 60 * 1000;

/** Unknown without gaps when no response is about the certificate at all. */
export function checkResponses(question: StatusQuestion, check: ResponseCheck): CertificateStatus {
  const gaps: RevocationGap[] = [];
  let best: CertificateStatus | undefined;
  for (const evidence of check.responses) {
    const single = evidence.response.responses.find(({ certId }) => concerns(certId, question));
    if (!single) continue;
    const gap = findFault(evidence, single, question, check);
    if (gap) {
      gaps.push(gap);
      continue;
    }
    const status = statusOf(single);
    if (status.status === 'unknown') gaps.push(...status.gaps);
    else if (!best || best.status === 'unknown' || status.thisUpdate > best.thisUpdate) best = status;
  }
  return best ?? { status: 'unknown', gaps };
}

function concerns(certId: OcspSingleResponse['certId'], { certificate, issuer }: StatusQuestion): boolean {
  try {
    return isAbout(certId, certificate, issuer.subjectPublicKeyInfo);
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function findFault(
  { response, nonce }: OcspEvidence,
  single: OcspSingleResponse,
  question: StatusQuestion,
  check: ResponseCheck,
): RevocationGap | undefined {
  const [oid] = [...response.criticalExtensions, ...single.criticalExtensions];
  if (oid !== undefined) return { code: 'response-extension-unknown', oid };
  // RFC 9654: a responder may leave the nonce out; one that gives another answers another question.
  if (nonce && response.nonce && Buffer.compare(nonce, response.nonce) !== 0) {
    return { code: 'response-nonce-mismatch' };
  }
  const now = check.inputs.time.getTime();
  const { thisUpdate, nextUpdate } = single;
  if (thisUpdate.getTime() > now + CLOCK_SKEW_MS) return { code: 'response-not-yet-valid', thisUpdate };
  const endsAt = nextUpdate?.getTime() ?? thisUpdate.getTime() + OPEN_ENDED_MS;
  if (now > endsAt + CLOCK_SKEW_MS) return { code: 'response-expired', thisUpdate, nextUpdate };
  return findResponderFault(response, question, check);
}

function statusOf({ certStatus, thisUpdate, nextUpdate }: OcspSingleResponse): CertificateStatus {
  const source = 'ocsp-response';
  switch (certStatus.status) {
    case 'good':
      return { status: 'good', source, thisUpdate, nextUpdate };
    case 'revoked':
      return {
        status: 'revoked',
        source,
        thisUpdate,
        revokedAt: certStatus.revokedAt,
        reason: certStatus.reason,
      };
    case 'unknown':
      return { status: 'unknown', gaps: [{ code: 'response-unknown' }] };
  }
}
