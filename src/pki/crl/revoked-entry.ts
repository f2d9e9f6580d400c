/** Reason codes of revocation (RFC 5280, 5.3.1). */
import type { RevocationReason } from '../../kernel/audit-event.ts';
import type { SerialNumber } from '../../kernel/brand.ts';
import type { DistinguishedName } from '../x509/distinguished-name.ts';

export const REASON_CODES = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const satisfies Record<RevocationReason, number>;

/** RFC 5280, 5.3.1: an entry of a delta list that takes another one back. */
export const REMOVE_FROM_CRL = 8;

export interface RevokedEntry {
  readonly serialNumber: SerialNumber;
  readonly revokedAt: Date;
  /** Absent means unspecified, which RFC 5280 wants left out. */
  readonly reason?: RevocationReason;
  /** `removeFromCRL`: no longer revoked. */
  readonly isRemoved?: true;
  /** In an indirect list: the issuer of the certificate, when it is not that of the list. */
  readonly certificateIssuer?: DistinguishedName;
}

/** Which certificates of the issuer a list is about (RFC 5280, 5.2.5). */
export type RevocationListScope = 'user-certificates' | 'ca-certificates' | 'all';
