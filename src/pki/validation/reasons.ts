/**
 * Why a path is not valid: one closed list. Each reason names the certificate, the clause and the facts, so that a page
 * can say what is wrong with what, and a test can ask for more than "no".
 */
import type { RevocationReason } from '../../kernel/audit-event.ts';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import type { SignatureVerdict } from '../signatures/signature-verdict.ts';
import type { GeneralNameForm } from '../x509/general-name.ts';
import type { KeyUsage } from '../x509/key-usage.ts';
import type { ProfileRule } from './basic/profile.ts';
import type { RevocationGap } from './revocation/certificate-status.ts';
import type { WorkKind } from './work-budget.ts';

type ReasonFacts =
  // Signatures: 6.1.3 (a) (1)
  | { readonly code: 'signature-mismatch' }
  | { readonly code: 'signature-algorithm-unsupported'; readonly algorithm: string }
  | { readonly code: 'signature-algorithm-weak'; readonly algorithm: string }
  | { readonly code: 'signature-key-unusable'; readonly verdict: SignatureVerdict }
  // Dates: (a) (2)
  | { readonly code: 'certificate-not-yet-valid'; readonly notBefore: Date }
  | { readonly code: 'certificate-expired'; readonly notAfter: Date }
  // Revocation: (a) (3)
  | {
      readonly code: 'certificate-revoked' | 'certificate-on-hold';
      readonly revokedAt: Date;
      readonly reason: RevocationReason | undefined;
      readonly source: 'revocation-list' | 'ocsp-response';
    }
  | { readonly code: 'revocation-unknown'; readonly gaps: readonly RevocationGap[] }
  // Names: (a) (4), (b), (c)
  | { readonly code: 'issuer-name-mismatch'; readonly expected: string; readonly found: string }
  | { readonly code: 'name-not-permitted'; readonly form: GeneralNameForm; readonly name: string }
  | {
      readonly code: 'name-excluded';
      readonly form: GeneralNameForm;
      readonly name: string;
      readonly subtree: string;
    }
  | { readonly code: 'name-malformed'; readonly form: GeneralNameForm; readonly name: string }
  | { readonly code: 'name-constraint-unsupported'; readonly form: GeneralNameForm }
  // Policies: (d) to (f), 6.1.4 (a), 6.1.5 (g)
  | { readonly code: 'policy-missing'; readonly initialPolicies: readonly string[] }
  | { readonly code: 'policy-mapping-any' }
  | { readonly code: 'policy-qualifier-unknown'; readonly qualifier: string }
  // Authorities: 6.1.4 (k) to (n)
  | { readonly code: 'version-too-old'; readonly version: number }
  | { readonly code: 'basic-constraints-missing' }
  | { readonly code: 'authority-flag-missing' }
  | { readonly code: 'path-length-exceeded'; readonly limitedBy: number; readonly limit: number }
  | { readonly code: 'key-usage-missing'; readonly usage: KeyUsage }
  | { readonly code: 'purpose-missing'; readonly purpose: string }
  // Extensions: 4.2, 6.1.4 (o), 6.1.5 (f)
  | { readonly code: 'extension-critical-unknown'; readonly oid: string }
  | { readonly code: 'extension-malformed'; readonly oid: string; readonly detail: string }
  /** Only where the profile of section 4 is asked for. */
  | { readonly code: 'profile-violated'; readonly rule: ProfileRule }
  // Building
  | {
      readonly code: 'issuer-missing';
      readonly issuer: string;
      readonly authorityKeyIdentifier: string | undefined;
      readonly caIssuersUrls: readonly string[];
    }
  | {
      readonly code: 'anchor-not-trusted';
      readonly subject: string;
      readonly sha256Fingerprint: Sha256Fingerprint;
    }
  | { readonly code: 'work-exhausted'; readonly kind: WorkKind };

export type PathReasonCode = ReasonFacts['code'];

/** `certificate`: as RFC 5280 counts, 1 is issued by the anchor, n is the end entity, 0 is the anchor itself. */
export type PathReason = ReasonFacts & { readonly certificate: number; readonly clause: string };

/** What is not known yet may become known; what is wrong stays wrong. */
const UNKNOWN: ReadonlySet<PathReasonCode> = new Set([
  'signature-algorithm-unsupported',
  'revocation-unknown',
  'issuer-missing',
  'anchor-not-trusted',
  'work-exhausted',
]);

export type PathVerdict = 'valid' | 'unknown' | 'invalid';

export function verdictOf(reasons: readonly PathReason[]): PathVerdict {
  if (reasons.length === 0) return 'valid';
  return reasons.every(({ code }) => UNKNOWN.has(code)) ? 'unknown' : 'invalid';
}
