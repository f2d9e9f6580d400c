/** Who signed a list, and whether that key may (RFC 5280, 6.3.3 (f) and (g)). */
import type { IndexedRevocationList } from '../../crl/indexed-revocation-list.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { isEquivalentName } from '../../x509/name-comparison.ts';
import { isWeakSignature } from '../basic/weak-signature.ts';
import type { KeyHolder, PathOutcome, StatusQuestion, TrustAnchor } from '../path-inputs.ts';
import type { WorkBudget } from '../work-budget.ts';
import { aboutList, type RevocationGap } from './certificate-status.ts';

export interface ListSignerSearch {
  readonly budget: WorkBudget;
  readonly weakDigests: 'refused' | 'accepted';
  /** Certificates by subject, the most likely first. */
  readonly findBySubject: (list: IndexedRevocationList) => readonly Certificate[];
  /** A path under this anchor; undefined while it is being looked for: the question has come back to itself. */
  readonly findPath: (certificate: Certificate, anchor: TrustAnchor) => PathOutcome | undefined;
  /** Whether a list may tell the status of its own signer. */
  readonly isCircleAllowed: boolean;
}

const MOST_SIGNERS = 6;

export function findListSigner(
  list: IndexedRevocationList,
  question: StatusQuestion,
  search: ListSignerSearch,
): { readonly signer: KeyHolder } | { readonly gap: RevocationGap } {
  const about = aboutList(list);
  const { algorithm } = list.signature;
  if (search.weakDigests === 'refused' && isWeakSignature(list.signature)) {
    return { gap: { code: 'list-signature-weak', algorithm, ...about } };
  }
  const candidates = candidatesFor(list, question, search);
  let gap: RevocationGap = {
    code: candidates.length === 0 ? 'list-issuer-missing' : 'list-signature-mismatch',
    ...about,
  };
  for (const candidate of candidates) {
    if (!search.budget.spend('signatures')) return { gap: { code: 'work-exhausted' } };
    const verdict = list.verifySignature(candidate.subjectPublicKeyInfo);
    if (verdict === 'unsupported-algorithm' || verdict === 'unsupported-key') {
      gap = { code: 'list-signature-unsupported', algorithm, ...about };
    }
    if (verdict !== 'verified') continue;
    const fault = findFault(candidate, list, question, search);
    if (!fault) return { signer: candidate };
    gap = fault;
  }
  return { gap };
}

/** The issuer of the certificate itself needs no path of its own: it stands in the one that is validated. */
function candidatesFor(
  list: IndexedRevocationList,
  { issuer, anchor }: StatusQuestion,
  search: ListSignerSearch,
): readonly KeyHolder[] {
  const holders: KeyHolder[] = isEquivalentName(list.issuer, issuer.name) ? [issuer] : [];
  if (isEquivalentName(list.issuer, anchor.name)) {
    holders.push({
      name: anchor.name,
      subjectPublicKeyInfo: anchor.subjectPublicKeyInfo,
      certificate: anchor.certificate,
    });
  }
  for (const certificate of search.findBySubject(list)) {
    if (holders.some((holder) => holder.certificate === certificate)) continue;
    holders.push({
      name: certificate.subject,
      subjectPublicKeyInfo: certificate.publicKeySpki,
      certificate,
    });
  }
  return holders.slice(0, MOST_SIGNERS);
}

function findFault(
  { certificate, subjectPublicKeyInfo }: KeyHolder,
  list: IndexedRevocationList,
  { issuer, anchor }: StatusQuestion,
  search: ListSignerSearch,
): RevocationGap | undefined {
  if (certificate?.keyUsage && !certificate.keyUsage.includes('cRLSign')) {
    return { code: 'list-key-usage-missing', ...aboutList(list) };
  }
  const isProven =
    !certificate ||
    certificate === issuer.certificate ||
    certificate === anchor.certificate ||
    Buffer.compare(subjectPublicKeyInfo, anchor.subjectPublicKeyInfo) === 0;
  if (isProven) return undefined;
  const outcome = search.findPath(certificate, anchor);
  if (!outcome)
    return search.isCircleAllowed ? undefined : { code: 'list-issuer-circular', ...aboutList(list) };
  if (outcome.verdict === 'valid') return undefined;
  const reasons = outcome.reasons.map(({ code }) => code);
  return { code: 'list-issuer-not-valid', reasons, ...aboutList(list) };
}
