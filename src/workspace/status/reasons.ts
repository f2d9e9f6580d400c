/**
 * Why a certificate has the state it has, as people are told: one closed list. The engine's reasons are many and exact;
 * a person needs the one that decides what to do now. The pages have a sentence and an advice for each.
 */
import type { PathReason, PathReasonCode } from '../../pki/validation/reasons.ts';
import type { RevocationGap } from '../../pki/validation/revocation/certificate-status.ts';

/** In the order in which they are told where there are several. */
export const INVALID_REASONS = [
  'revoked',
  'on-hold',
  'issuer-revoked',
  'signature-wrong',
  'expired',
  'not-yet-valid',
  'issuer-expired',
  'signature-weak',
  'issuer-not-allowed',
  'rules-broken',
  'contents-unusable',
] as const;

export const UNKNOWN_REASONS = [
  'issuer-missing',
  'issuer-unreachable',
  'root-not-trusted',
  'algorithm-unsupported',
  'list-expired',
  'list-unreachable',
  'list-missing',
  'list-nowhere',
  'responder-unreachable',
  'responder-unknown',
  'responder-unusable',
  'responder-missing',
  'list-unusable',
  'too-complex',
] as const;

export const CHECK_REASONS = [...INVALID_REASONS, ...UNKNOWN_REASONS, 'expires-soon'] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];

const INVALID: ReadonlySet<CheckReason> = new Set(INVALID_REASONS);

export function isInvalid(reason: CheckReason): boolean {
  return INVALID.has(reason);
}

/** What can be done about it; each has its button. */
export type Fix =
  | { readonly kind: 'fetch-issuer'; readonly urls: readonly string[] }
  | { readonly kind: 'fetch-list'; readonly urls: readonly string[] }
  | { readonly kind: 'ask-responder'; readonly urls: readonly string[] }
  | { readonly kind: 'install-anchor'; readonly sha256: string }
  | { readonly kind: 'import-issuer' | 'import-list' | 'ask-issuer' | 'recheck' | 'replace-access' };

type Rule = CheckReason | { readonly own: CheckReason; readonly above: CheckReason };

const RULES: Readonly<Record<Exclude<PathReasonCode, 'revocation-unknown'>, Rule>> = {
  'certificate-revoked': { own: 'revoked', above: 'issuer-revoked' },
  'certificate-on-hold': { own: 'on-hold', above: 'issuer-revoked' },
  'certificate-expired': { own: 'expired', above: 'issuer-expired' },
  'certificate-not-yet-valid': { own: 'not-yet-valid', above: 'issuer-expired' },
  'signature-mismatch': 'signature-wrong',
  'signature-key-unusable': 'signature-wrong',
  'issuer-name-mismatch': 'signature-wrong',
  'signature-algorithm-weak': 'signature-weak',
  'signature-algorithm-unsupported': 'algorithm-unsupported',
  'name-not-permitted': 'rules-broken',
  'name-excluded': 'rules-broken',
  'name-malformed': 'contents-unusable',
  'name-constraint-unsupported': 'contents-unusable',
  'policy-missing': 'rules-broken',
  'policy-mapping-any': 'rules-broken',
  'policy-qualifier-unknown': 'contents-unusable',
  'version-too-old': 'issuer-not-allowed',
  'basic-constraints-missing': 'issuer-not-allowed',
  'authority-flag-missing': 'issuer-not-allowed',
  'path-length-exceeded': 'issuer-not-allowed',
  'key-usage-missing': 'issuer-not-allowed',
  'purpose-missing': 'rules-broken',
  'extension-critical-unknown': 'contents-unusable',
  'extension-malformed': 'contents-unusable',
  'profile-violated': 'contents-unusable',
  'issuer-missing': 'issuer-missing',
  'anchor-not-trusted': 'root-not-trusted',
  'work-exhausted': 'too-complex',
};

/**
 * @param pathLength the number of the end entity
 * @param failedUrls addresses that were tried without success
 * @param responders of the certificate that the reason is about
 */
export function checkReasonOf(
  reason: PathReason,
  pathLength: number,
  failedUrls: ReadonlySet<string>,
  responders: readonly string[],
): CheckReason {
  if (reason.code === 'revocation-unknown') return reasonOfGaps(reason.gaps, responders);
  if (reason.code === 'issuer-missing' && reason.caIssuersUrls.some((url) => failedUrls.has(url))) {
    return 'issuer-unreachable';
  }
  const rule = RULES[reason.code];
  if (typeof rule === 'string') return rule;
  return reason.certificate === pathLength ? rule.own : rule.above;
}

/**
 * An old list is nearer to the truth than none; what came and cannot be used is told last. Of lists first: they say it of
 * all certificates at once, and can be imported.
 */
function reasonOfGaps(gaps: readonly RevocationGap[], responders: readonly string[]): CheckReason {
  const has = (code: RevocationGap['code']) => gaps.some((gap) => gap.code === code);
  const unreachable = gaps.flatMap((gap) => (gap.code === 'address-unreachable' ? [gap.url] : []));
  if (unreachable.some((url) => !responders.includes(url))) return 'list-unreachable';
  if (has('list-expired')) return 'list-expired';
  const missing = gaps.find((gap) => gap.code === 'list-missing');
  if (missing?.urls.some(isFetchable)) return 'list-missing';
  if (missing && responders.length > 0) {
    if (has('response-unknown')) return 'responder-unknown';
    if (gaps.some(({ code }) => code.startsWith('response-'))) return 'responder-unusable';
    return unreachable.length > 0 ? 'responder-unreachable' : 'responder-missing';
  }
  if (missing) return 'list-nowhere';
  return has('work-exhausted') ? 'too-complex' : 'list-unusable';
}

/** ldap: is named in many certificates and reachable from few networks; it is skipped, and said. */
export function isFetchable(url: string): boolean {
  return /^https?:\/\//iu.test(url);
}
