/** Revocation by lists (RFC 5280, 6.3.3). */
import type { IndexedRevocationList } from '../../crl/indexed-revocation-list.ts';
import type { RevokedEntry } from '../../crl/revoked-entry.ts';
import { OID } from '../../der/oid.ts';
import { ALL_REASONS, type DistributionPoint, type ReasonMask } from '../../x509/distribution-point.ts';
import { isEquivalentName } from '../../x509/name-comparison.ts';
import { rulesOf } from '../certificate-rules.ts';
import type { StatusQuestion } from '../path-inputs.ts';
import { aboutList, type CertificateStatus, type RevocationGap } from './certificate-status.ts';
import { assumedPoint, isDeltaOf, isInScope, issuersOfLists, reasonsOf } from './list-scope.ts';
import { findListSigner, type ListSignerSearch } from './list-signer.ts';

/** Extensions of lists and of their entries that are processed here. */
const PROCESSED: ReadonlySet<string> = new Set([
  OID.cRLNumber,
  OID.reasonCode,
  OID.deltaCRLIndicator,
  OID.issuingDistributionPoint,
  OID.certificateIssuer,
  OID.authorityKeyIdentifier,
  OID.freshestCRL,
]);

export interface ListCheck extends Omit<ListSignerSearch, 'isCircleAllowed'> {
  readonly time: Date;
  readonly lists: readonly IndexedRevocationList[];
}

type Answer =
  | { readonly kind: 'gap'; readonly gap: RevocationGap }
  | { readonly kind: 'revoked'; readonly entry: RevokedEntry; readonly thisUpdate: Date }
  | { readonly kind: 'not-listed'; readonly thisUpdate: Date; readonly nextUpdate: Date | undefined };

interface OneCheck extends ListCheck {
  readonly isCircleAllowed: boolean;
}

/**
 * An authority may sign its lists with a key whose own status is in those lists alone. That is believed when nothing
 * else is known; where another list speaks about the signer, it alone counts.
 */
export function checkLists(question: StatusQuestion, check: ListCheck): CertificateStatus {
  const status = checkListsOnce(question, { ...check, isCircleAllowed: false });
  const isCircular =
    status.status === 'unknown' && status.gaps.some(({ code }) => code === 'list-issuer-circular');
  return isCircular ? checkListsOnce(question, { ...check, isCircleAllowed: true }) : status;
}

function checkListsOnce(question: StatusQuestion, check: OneCheck): CertificateStatus {
  const { certificate } = question;
  const gaps: RevocationGap[] = [];
  let covered: ReasonMask = 0;
  let thisUpdate = check.time;
  let nextUpdate: Date | undefined;
  const points = [...rulesOf(certificate).distributionPoints, assumedPoint(certificate)];
  const asked = new Set<IndexedRevocationList>();
  for (const point of points) {
    for (const list of completeListsFor(point, question, check.lists)) {
      if (covered === ALL_REASONS) break;
      if (!isInScope(list, point, certificate)) {
        if (!asked.has(list)) gaps.push({ code: 'list-scope-other', ...aboutList(list) });
        continue;
      }
      const reasons = reasonsOf(list, point);
      // (e): the list answers for a reason that none before it answered for.
      if ((reasons & ~covered) === 0) continue;
      asked.add(list);
      const answer = askList(list, question, check);
      if (answer.kind === 'gap') gaps.push(answer.gap);
      if (answer.kind === 'revoked') {
        const { revokedAt, reason } = answer.entry;
        const source = 'revocation-list';
        return { status: 'revoked', source, thisUpdate: answer.thisUpdate, revokedAt, reason };
      }
      if (answer.kind === 'not-listed') {
        covered |= reasons;
        thisUpdate = earlier(thisUpdate, answer.thisUpdate) ?? thisUpdate;
        nextUpdate = earlier(nextUpdate, answer.nextUpdate);
      }
    }
  }
  if (covered === ALL_REASONS) return { status: 'good', source: 'revocation-list', thisUpdate, nextUpdate };
  return { status: 'unknown', gaps: explain(gaps, covered, question, check, asked) };
}

/** Newest first, so that what an older list says about a hold does not count. */
function completeListsFor(
  point: DistributionPoint,
  { certificate }: StatusQuestion,
  lists: readonly IndexedRevocationList[],
): readonly IndexedRevocationList[] {
  const issuers = issuersOfLists(point, certificate);
  return lists
    .filter(
      ({ deltaBaseNumber, issuer }) =>
        deltaBaseNumber === undefined && issuers.some((name) => isEquivalentName(name, issuer)),
    )
    .sort((left, right) => right.thisUpdate.getTime() - left.thisUpdate.getTime());
}

function askList(list: IndexedRevocationList, question: StatusQuestion, check: OneCheck): Answer {
  const { time } = check;
  const about = aboutList(list);
  const fault = findFormalFault(list, time);
  if (fault) return { kind: 'gap', gap: fault };
  const found = findListSigner(list, question, check);
  if ('gap' in found) return { kind: 'gap', gap: found.gap };
  const { serialNumber, issuer } = question.certificate;
  const { subjectPublicKeyInfo } = found.signer;

  const delta = check.lists
    .filter((other) => isDeltaOf(other, list) && !findFormalFault(other, time) && !isExpired(other, time))
    .sort((left, right) => right.thisUpdate.getTime() - left.thisUpdate.getTime())
    .find(
      (other) =>
        check.budget.spend('signatures') && other.verifySignature(subjectPublicKeyInfo) === 'verified',
    );
  const current = delta ?? list;
  const changed = delta?.findEntry(serialNumber, issuer);
  // (i) to (k): a removal in the delta list ends the search.
  const entry = changed ?? list.findEntry(serialNumber, issuer);
  const isRevoked = entry !== undefined && !entry.isRemoved;
  // A revocation is for ever, a hold is not: an old list still proves the one.
  if (isRevoked && (!isExpired(current, time) || entry.reason !== 'certificateHold')) {
    return { kind: 'revoked', entry, thisUpdate: current.thisUpdate };
  }
  if (isExpired(current, time)) {
    return { kind: 'gap', gap: { code: 'list-expired', nextUpdate: current.nextUpdate ?? time, ...about } };
  }
  return { kind: 'not-listed', thisUpdate: current.thisUpdate, nextUpdate: current.nextUpdate };
}

function findFormalFault(list: IndexedRevocationList, time: Date): RevocationGap | undefined {
  // 5.2 and 5.3: a list with an unknown critical extension is not used, wherever the extension stands.
  const oid = list.criticalExtensions.find((extension) => !PROCESSED.has(extension));
  if (oid !== undefined) return { code: 'list-extension-unknown', oid, ...aboutList(list) };
  return time < list.thisUpdate ? { code: 'list-not-yet-valid', ...aboutList(list) } : undefined;
}

function isExpired({ nextUpdate }: IndexedRevocationList, time: Date): boolean {
  return nextUpdate !== undefined && time > nextUpdate;
}

function earlier(left: Date | undefined, right: Date | undefined): Date | undefined {
  if (!left || !right) return left ?? right;
  return left < right ? left : right;
}

function explain(
  gaps: readonly RevocationGap[],
  covered: ReasonMask,
  { certificate }: StatusQuestion,
  check: ListCheck,
  asked: ReadonlySet<IndexedRevocationList>,
): readonly RevocationGap[] {
  const deltas = check.lists.filter(
    ({ deltaBaseNumber, issuer }) =>
      deltaBaseNumber !== undefined && isEquivalentName(issuer, certificate.issuer),
  );
  const all = [...gaps];
  if (asked.size === 0) {
    for (const delta of deltas) all.push({ code: 'list-base-missing', ...aboutList(delta) });
  }
  if (covered !== 0) all.push({ code: 'list-reasons-partial', missingReasons: ALL_REASONS & ~covered });
  if (all.length === 0) {
    all.push({
      code: 'list-missing',
      issuer: certificate.issuer.text,
      urls: certificate.revocationListUrls,
    });
  }
  const seen = new Set<string>();
  return all.filter((gap) => {
    const key = `${gap.code}|${'sha256Fingerprint' in gap ? gap.sha256Fingerprint : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
