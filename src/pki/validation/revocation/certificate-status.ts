/** Whether a certificate is revoked: three values, the third with why. */
import type { RevocationReason } from '../../../kernel/audit-event.ts';
import type { SerialNumber, Sha256Fingerprint } from '../../../kernel/brand.ts';
import type { IndexedRevocationList } from '../../crl/indexed-revocation-list.ts';
import type { BasicOcspResponse } from '../../ocsp/parse-ocsp-response.ts';
import type { PathReasonCode } from '../reasons.ts';

export type StatusSource = 'revocation-list' | 'ocsp-response';

export type CertificateStatus =
  | {
      readonly status: 'good';
      readonly source: StatusSource;
      readonly thisUpdate: Date;
      /** When this answer is too old: the earliest of all that it rests on. */
      readonly nextUpdate: Date | undefined;
    }
  | {
      readonly status: 'revoked';
      readonly source: StatusSource;
      readonly thisUpdate: Date;
      readonly revokedAt: Date;
      /** Undefined: unspecified. */
      readonly reason: RevocationReason | undefined;
    }
  | { readonly status: 'unknown'; readonly gaps: readonly RevocationGap[] };

interface AboutList {
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly issuer: string;
  readonly thisUpdate: Date;
}

/** Why a list or a response did not answer. */
export type RevocationGap =
  /** Nobody gave a list of this issuer. */
  | { readonly code: 'list-missing'; readonly issuer: string; readonly urls: readonly string[] }
  | { readonly code: 'address-unreachable'; readonly url: string; readonly category: string }
  | ({ readonly code: 'list-expired'; readonly nextUpdate: Date } & AboutList)
  | ({ readonly code: 'list-not-yet-valid' } & AboutList)
  | ({ readonly code: 'list-signature-mismatch' } & AboutList)
  | ({ readonly code: 'list-signature-unsupported'; readonly algorithm: string } & AboutList)
  | ({ readonly code: 'list-signature-weak'; readonly algorithm: string } & AboutList)
  /** Another key signs the lists, and its certificate is not here. */
  | ({ readonly code: 'list-issuer-missing' } & AboutList)
  /** The authority's key may not sign lists. */
  | ({ readonly code: 'list-key-usage-missing' } & AboutList)
  /** Nobody but the signer of the list says that the signer is not revoked. */
  | ({ readonly code: 'list-issuer-circular' } & AboutList)
  /** Another key signs the lists, and its certificate is not valid. */
  | ({ readonly code: 'list-issuer-not-valid'; readonly reasons: readonly PathReasonCode[] } & AboutList)
  | ({ readonly code: 'list-extension-unknown'; readonly oid: string } & AboutList)
  /** The list is about other certificates: of another kind, or of another distribution point. */
  | ({ readonly code: 'list-scope-other' } & AboutList)
  /** A delta list without the complete one it belongs to. */
  | ({ readonly code: 'list-base-missing' } & AboutList)
  /** Lists for some reasons are there, for others not. */
  | { readonly code: 'list-reasons-partial'; readonly missingReasons: number }
  | { readonly code: 'response-error'; readonly error: string }
  | { readonly code: 'response-certificate-other'; readonly serialNumber: SerialNumber }
  | { readonly code: 'response-signature-mismatch' }
  | { readonly code: 'response-signature-weak'; readonly algorithm: string }
  | { readonly code: 'response-signature-unsupported'; readonly algorithm: string }
  | { readonly code: 'response-responder-not-authorised'; readonly detail: ResponderFault }
  | { readonly code: 'response-expired'; readonly thisUpdate: Date; readonly nextUpdate: Date | undefined }
  | { readonly code: 'response-not-yet-valid'; readonly thisUpdate: Date }
  | { readonly code: 'response-nonce-mismatch' }
  | { readonly code: 'response-extension-unknown'; readonly oid: string }
  /** The responder does not know the certificate. */
  | { readonly code: 'response-unknown' }
  | { readonly code: 'work-exhausted' };

export type ResponderFault =
  | 'not-found'
  | 'not-issued-by-the-authority'
  | 'purpose-missing'
  | 'outside-validity'
  | 'revoked'
  | 'not-valid';

export interface OcspEvidence {
  readonly response: BasicOcspResponse;
  /** The value of the nonce extension that was sent. */
  readonly nonce?: Uint8Array;
}

/** What the caller has; nothing is fetched here. */
export interface RevocationEvidence {
  readonly lists: readonly IndexedRevocationList[];
  readonly responses?: readonly OcspEvidence[];
  /** Addresses that were tried without success. */
  readonly unreachable?: readonly { readonly url: string; readonly category: string }[];
}

export function aboutList(list: IndexedRevocationList): AboutList {
  const { sha256Fingerprint, issuer, thisUpdate } = list;
  return { sha256Fingerprint, issuer: issuer.text, thisUpdate };
}
