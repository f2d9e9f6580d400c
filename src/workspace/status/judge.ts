import type { IndexedRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import type { BasicOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import type { PathOutcome } from '../../pki/validation/path-inputs.ts';
import type { PathReason } from '../../pki/validation/reasons.ts';
import type { Certificate } from '../../pki/x509/certificate.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import {
  CHECK_REASONS,
  type CheckReason,
  checkReasonOf,
  type Fix,
  isFetchable,
  isInvalid,
} from './reasons.ts';
import type { ChainLevel, Judgement, StatusDetail } from './status-detail.ts';

const DAY_MS = 86_400_000;
/** From so many days before its end a certificate is one that ends soon. */
export const SOON_DAYS = 30;
/** Whatever happens, it is looked at again. */
const LONGEST_MS = DAY_MS;
const SHORTEST_MS = 60_000;

export interface Evidence {
  readonly certificate: Certificate;
  readonly outcome: PathOutcome;
  readonly lists: readonly IndexedRevocationList[];
  readonly responses: readonly BasicOcspResponse[];
  /** Addresses that were tried without success. */
  readonly failed: readonly { readonly url: string; readonly category: string }[];
  readonly now: Date;
}

export function judge(evidence: Evidence): Judgement {
  const { certificate, outcome, now } = evidence;
  const end = outcome.path.length;
  const failedUrls = new Set(evidence.failed.map(({ url }) => url));
  const found = outcome.reasons.map((reason) => {
    const responders = (certificateAt(outcome, reason.certificate) ?? certificate).ocspUrls.filter(
      isFetchable,
    );
    return { reason, responders, told: checkReasonOf(reason, end, failedUrls, responders) };
  });
  const first = found.toSorted((a, b) => CHECK_REASONS.indexOf(a.told) - CHECK_REASONS.indexOf(b.told))[0];
  const isSoon = certificate.notAfter.getTime() - now.getTime() <= SOON_DAYS * DAY_MS;
  const told = first?.told ?? (isSoon ? 'expires-soon' : undefined);
  const detail: StatusDetail = {
    reason: told,
    culprit: first && culpritOf(outcome, first.reason, certificate),
    facts: first
      ? factsOf(first.reason, first.told, evidence)
      : isSoon
        ? { at: certificate.notAfter.toISOString() }
        : {},
    chain: chainOf(outcome, certificate, found),
    fixes: fixesOf(found),
    lists: listsOf(outcome, evidence.lists),
    skippedUrls: [...new Set([certificate, ...outcome.path].flatMap(addressesOf))].filter(
      (url) => !isFetchable(url),
    ),
  };
  const state =
    told === undefined
      ? 'valid'
      : told === 'expires-soon'
        ? 'valid-expires-soon'
        : isInvalid(told)
          ? 'invalid'
          : 'unknown';
  return { state, detail, dueAt: nextLook(evidence) };
}

function addressesOf({ revocationListUrls, caIssuersUrls }: Certificate): readonly string[] {
  return [...revocationListUrls, ...caIssuersUrls];
}

export function nameOf({ subject }: Certificate): string {
  return displayText(subject.commonName ?? subject.text);
}

function certificateAt(outcome: PathOutcome, number: number): Certificate | undefined {
  return number === 0 ? outcome.anchor?.certificate : outcome.path[number - 1];
}

function culpritOf(outcome: PathOutcome, reason: PathReason, own: Certificate): StatusDetail['culprit'] {
  const culprit = certificateAt(outcome, reason.certificate) ?? own;
  return { sha256: culprit.sha256Fingerprint, name: nameOf(culprit) };
}

function factsOf(reason: PathReason, told: CheckReason, { failed }: Evidence): StatusDetail['facts'] {
  const rule = `${reason.code} (${reason.clause})`;
  switch (reason.code) {
    case 'certificate-revoked':
    case 'certificate-on-hold':
      return {
        rule,
        at: reason.revokedAt.toISOString(),
        ...(reason.reason && { revocationReason: reason.reason }),
      };
    case 'certificate-expired':
      return { rule, at: reason.notAfter.toISOString() };
    case 'certificate-not-yet-valid':
      return { rule, at: reason.notBefore.toISOString() };
    case 'signature-algorithm-unsupported':
    case 'signature-algorithm-weak':
      return { rule, algorithm: reason.algorithm };
    case 'issuer-missing': {
      const failure = failed.find(({ url }) => reason.caIssuersUrls.includes(url));
      return { rule, issuer: displayText(reason.issuer), ...failure };
    }
    case 'anchor-not-trusted':
      return { rule, issuer: displayText(reason.subject) };
    case 'revocation-unknown': {
      const unreachable = reason.gaps.find((gap) => gap.code === 'address-unreachable');
      const expired = reason.gaps.find((gap) => gap.code === 'list-expired');
      const issuer = reason.gaps.find((gap) => 'issuer' in gap);
      return {
        rule: `${reason.code}: ${[...new Set(reason.gaps.map(({ code }) => code))].join(', ')} (${reason.clause})`,
        ...(issuer && 'issuer' in issuer && { issuer: displayText(issuer.issuer) }),
        ...(unreachable &&
          (told === 'list-unreachable' || told === 'responder-unreachable') && {
            url: unreachable.url,
            category: unreachable.category,
          }),
        ...(expired && { at: expired.nextUpdate.toISOString() }),
      };
    }
    default:
      return { rule };
  }
}

type Found = readonly {
  readonly reason: PathReason;
  readonly told: CheckReason;
  /** Of the certificate that it is about. */
  readonly responders: readonly string[];
}[];

function chainOf(outcome: PathOutcome, own: Certificate, found: Found): readonly ChainLevel[] {
  const anchor = outcome.anchor?.certificate;
  const levels = [
    ...(anchor ? [{ certificate: anchor, number: 0 }] : []),
    ...outcome.path.map((certificate, index) => ({ certificate, number: index + 1 })),
  ];
  if (levels.length === 0) levels.push({ certificate: own, number: outcome.path.length });
  return levels.map(({ certificate, number }) => {
    const own = found
      .filter(({ reason }) => reason.certificate === number)
      .map(({ told }) => told)
      .toSorted((a, b) => CHECK_REASONS.indexOf(a) - CHECK_REASONS.indexOf(b));
    const [reason] = own;
    return {
      sha256: certificate.sha256Fingerprint,
      name: nameOf(certificate),
      notAfter: certificate.notAfter.toISOString(),
      isTrusted: number === 0,
      state: reason === undefined ? 'valid' : isInvalid(reason) ? 'invalid' : 'unknown',
      reason,
    };
  });
}

/** Of all reasons: two lists may be missing at once. Nothing is to be done where another reason is final. */
function fixesOf(found: Found): readonly Fix[] {
  if (found.some(({ told }) => isInvalid(told))) return [{ kind: 'ask-issuer' }];
  const fixes: Fix[] = [];
  for (const { reason, responders } of found) {
    if (reason.code === 'issuer-missing') {
      const urls = reason.caIssuersUrls.filter(isFetchable);
      if (urls.length > 0) fixes.push({ kind: 'fetch-issuer', urls });
      fixes.push({ kind: 'import-issuer' });
    } else if (reason.code === 'anchor-not-trusted') {
      fixes.push({ kind: 'install-anchor', sha256: reason.sha256Fingerprint });
    } else if (reason.code === 'revocation-unknown') {
      const urls = reason.gaps.flatMap((gap) =>
        gap.code === 'list-missing'
          ? gap.urls.filter(isFetchable)
          : gap.code === 'address-unreachable' && !responders.includes(gap.url)
            ? [gap.url]
            : [],
      );
      if (urls.length > 0) fixes.push({ kind: 'fetch-list', urls: [...new Set(urls)] });
      if (responders.length > 0) fixes.push({ kind: 'ask-responder', urls: responders });
      fixes.push({ kind: 'import-list' });
    } else {
      fixes.push({ kind: 'recheck' });
    }
  }
  return mergeFixes(fixes);
}

/** One button of a kind: two lists may be missing, and it asks for both. Trusting is one thing for each root. */
function mergeFixes(fixes: readonly Fix[]): readonly Fix[] {
  const merged = new Map<string, Fix>();
  for (const fix of fixes) {
    const key = fix.kind === 'install-anchor' ? `${fix.kind} ${fix.sha256}` : fix.kind;
    const same = merged.get(key);
    const isMore = same !== undefined && 'urls' in same && 'urls' in fix;
    merged.set(key, isMore ? { ...same, urls: [...new Set([...same.urls, ...fix.urls])] } : fix);
  }
  return [...merged.values()];
}

function listsOf(outcome: PathOutcome, lists: readonly IndexedRevocationList[]): StatusDetail['lists'] {
  const issuers = new Set(outcome.path.map(({ issuer }) => issuer.text));
  return lists
    .filter(({ issuer }) => issuers.has(issuer.text))
    .map(({ issuer, sha256Fingerprint, thisUpdate, nextUpdate }) => ({
      issuer: displayText(issuer.text),
      sha256: sha256Fingerprint,
      thisUpdate: thisUpdate.toISOString(),
      nextUpdate: nextUpdate?.toISOString(),
    }));
}

/** Clocks differ: so much later an answer still counts. */
const ANSWER_SKEW_MS = 5 * 60_000;

function nextLook({ certificate, outcome, lists, responses, now }: Evidence): Date {
  const path = [
    certificate,
    ...outcome.path,
    ...(outcome.anchor?.certificate ? [outcome.anchor.certificate] : []),
  ];
  const moments = [
    certificate.notAfter.getTime() - SOON_DAYS * DAY_MS,
    ...path.flatMap(({ notBefore, notAfter }) => [notBefore.getTime(), notAfter.getTime() + 1]),
    ...lists.flatMap(({ nextUpdate }) => (nextUpdate ? [nextUpdate.getTime() + 1] : [])),
    ...responses
      .flatMap((response) => response.responses)
      .flatMap(({ nextUpdate }) => (nextUpdate ? [nextUpdate.getTime() + ANSWER_SKEW_MS + 1] : [])),
  ].filter((moment) => moment > now.getTime());
  const wait = Math.min(LONGEST_MS, ...moments.map((moment) => moment - now.getTime()));
  return new Date(now.getTime() + Math.max(wait, SHORTEST_MS));
}
