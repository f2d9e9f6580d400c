/** Revocation by everything that is there: responses first, then lists. */
import type { StatusQuestion } from '../path-inputs.ts';
import type { CertificateStatus, RevocationEvidence, RevocationGap } from './certificate-status.ts';
import { checkLists, type ListCheck } from './check-lists.ts';
import { checkResponses } from './check-responses.ts';
import type { ResponderSearch } from './responder.ts';

export interface StatusCheck extends Omit<ListCheck, 'lists'>, Omit<ResponderSearch, 'checkByLists'> {
  readonly evidence: RevocationEvidence;
}

export function checkStatus(question: StatusQuestion, check: StatusCheck): CertificateStatus {
  const { lists, responses = [], unreachable = [] } = check.evidence;
  const checkByLists = (asked: StatusQuestion): CertificateStatus => checkLists(asked, { ...check, lists });
  const byResponse: CertificateStatus =
    responses.length === 0
      ? { status: 'unknown', gaps: [] }
      : checkResponses(question, { ...check, responses, checkByLists });
  const byList = checkByLists(question);
  if (byResponse.status === 'unknown' && byList.status === 'unknown') {
    const urls = new Set([...question.certificate.revocationListUrls, ...question.certificate.ocspUrls]);
    const failed: RevocationGap[] = unreachable
      .filter(({ url }) => urls.has(url))
      .map((failure) => ({ code: 'address-unreachable', ...failure }));
    return { status: 'unknown', gaps: [...byResponse.gaps, ...failed, ...byList.gaps] };
  }
  return prefer(byResponse, byList);
}

/** Revoked by either is revoked; of a hold and its end the newer one counts. */
function prefer(byResponse: CertificateStatus, byList: CertificateStatus): CertificateStatus {
  if (byResponse.status === 'unknown') return byList;
  if (byList.status === 'unknown') return byResponse;
  const [revoked, other] = byResponse.status === 'revoked' ? [byResponse, byList] : [byList, byResponse];
  if (revoked.status !== 'revoked') return byResponse;
  const isOver =
    revoked.reason === 'certificateHold' && other.status === 'good' && other.thisUpdate > revoked.thisUpdate;
  return isOver ? other : revoked;
}
