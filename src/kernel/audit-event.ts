import type {
  AccessCertificateId,
  AccountChangeId,
  AccountId,
  ApplicationId,
  DecisionId,
  IssuerId,
  SerialNumber,
  SessionId,
  Sha256Fingerprint,
} from './brand.ts';
import type { ProblemCode } from './problem.ts';

/** Who did it. Events refer to people by id only, so that personal data can be erased without breaking the chain. */
export type Actor =
  | { readonly kind: 'account'; readonly accountId: AccountId; readonly sessionId?: SessionId }
  | { readonly kind: 'command-line' }
  | { readonly kind: 'system' }
  | { readonly kind: 'anonymous' };

/** RFC 5280, section 5.3.1, without `removeFromCRL` (delta lists only) and `unspecified` (SHOULD be absent). */
export const REVOCATION_REASONS = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** What the journal can say. Each is written in the transaction of the change it records. */
export type AuditEvent =
  | { readonly type: 'instance-created' }
  | { readonly type: 'issuer-created'; readonly issuerId: IssuerId; readonly role: 'root' | 'issuing' }
  | { readonly type: 'root-key-exported'; readonly issuerId: IssuerId }
  /** It signs no more certificates; lists and answers about those that it signed go on. */
  | { readonly type: 'issuer-retired'; readonly issuerId: IssuerId }
  | { readonly type: 'issuer-requested'; readonly issuerId: IssuerId }
  | {
      readonly type: 'responder-appointed';
      readonly issuerId: IssuerId;
      readonly serialNumber: SerialNumber;
    }
  | { readonly type: 'account-created'; readonly accountId: AccountId; readonly role: string }
  | { readonly type: 'account-blocked'; readonly accountId: AccountId }
  | { readonly type: 'account-unblocked'; readonly accountId: AccountId }
  | { readonly type: 'account-password-set'; readonly accountId: AccountId }
  /** Somebody who has forgotten the password has presented the certificate and asks for the code, or got it wrong. */
  | {
      readonly type: 'account-recovery-code-sent' | 'account-recovery-code-wrong';
      readonly accountId: AccountId;
    }
  | {
      readonly type: 'account-password-recovered';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
    }
  /** By somebody else: a first password, to be changed at the next sign-in. */
  | {
      readonly type: 'account-password-reset';
      readonly accountId: AccountId;
      readonly delivery: 'sms' | 'shown';
    }
  /** `changeId`: where the values before and after are, which are personal data. */
  | { readonly type: 'account-renamed'; readonly accountId: AccountId; readonly changeId?: AccountChangeId }
  | {
      readonly type: 'account-phone-changed';
      readonly accountId: AccountId;
      readonly changeId?: AccountChangeId;
    }
  | {
      readonly type: 'account-email-changed';
      readonly accountId: AccountId;
      readonly changeId?: AccountChangeId;
    }
  /** Somebody other than the one who changed the number stands for it. */
  | { readonly type: 'account-phone-confirmed'; readonly accountId: AccountId }
  | {
      readonly type: 'account-role-changed';
      readonly accountId: AccountId;
      readonly before: string;
      readonly after: string;
    }
  | { readonly type: 'accounts-exported' }
  | {
      readonly type: 'account-recovered';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
    }
  | {
      readonly type: 'signed-in';
      readonly accountId: AccountId;
      readonly sessionId: SessionId;
      readonly address: string;
    }
  | {
      readonly type: 'sign-in-failed';
      readonly accountId?: AccountId;
      readonly address: string;
      readonly count: number;
    }
  | { readonly type: 'signed-out'; readonly accountId: AccountId; readonly sessionId: SessionId }
  | {
      readonly type: 'session-ended';
      readonly accountId: AccountId;
      readonly sessionId: SessionId;
      readonly why: string;
    }
  | {
      readonly type: 'entry-permitted';
      readonly decisionId: DecisionId;
      readonly accountId: AccountId;
      readonly sessionId: SessionId;
      readonly applicationId: ApplicationId;
      readonly certificateId: AccessCertificateId;
    }
  | {
      readonly type: 'entry-refused';
      readonly decisionId: DecisionId;
      readonly accountId: AccountId;
      readonly sessionId: SessionId;
      readonly applicationId: ApplicationId;
      readonly reason: ProblemCode;
    }
  | {
      readonly type: 'requests-before-sign-in';
      readonly applicationId: ApplicationId;
      readonly count: number;
    }
  | {
      readonly type: 'certificate-issuance-intended';
      readonly accountId: AccountId;
      readonly issuerId: IssuerId;
      readonly serialNumber: SerialNumber;
    }
  | {
      readonly type: 'certificate-issued';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly serialNumber: SerialNumber;
      readonly supersededId?: AccessCertificateId;
    }
  | {
      readonly type: 'certificate-issuance-abandoned';
      readonly issuerId: IssuerId;
      readonly serialNumber: SerialNumber;
    }
  | {
      readonly type: 'certificate-file-downloaded';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly format: string;
    }
  | { readonly type: 'certificate-file-wiped'; readonly certificateId: AccessCertificateId }
  | {
      readonly type: 'certificate-password-queued';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
    }
  | { readonly type: 'certificate-password-wiped'; readonly certificateId: AccessCertificateId }
  | {
      readonly type: 'certificate-revoked';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly reason: RevocationReason;
      readonly comment?: string;
    }
  | {
      readonly type: 'certificate-resumed';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly comment?: string;
    }
  | {
      readonly type: 'certificate-replacement-code-sent';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
    }
  | {
      readonly type: 'certificate-replacement-code-wrong';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly triesLeft: number;
    }
  | {
      readonly type: 'certificate-replaced';
      readonly accountId: AccountId;
      readonly certificateId: AccessCertificateId;
      readonly formerId: AccessCertificateId;
      /** `certificate`: the former one was presented in this session. `code`: it was not, a code came by telephone. */
      readonly proof: 'certificate' | 'code';
    }
  | {
      readonly type: 'reminder-sent';
      readonly accountId: AccountId;
      /** What ends: its kind and id. */
      readonly subject: { readonly kind: string; readonly id: string };
      readonly thresholdDays: number;
      /** Greater thresholds of which nothing was sent, because the program did not run or the end was near already. */
      readonly passedOverDays: readonly number[];
      readonly channels: readonly ('sms' | 'email')[];
    }
  | { readonly type: 'certificate-download-allowed'; readonly accountId: AccountId }
  | { readonly type: 'choose-again-requested'; readonly accountId: AccountId; readonly sessionId: SessionId }
  | { readonly type: 'message-delivered'; readonly accountId?: AccountId; readonly attempts: number }
  | {
      readonly type: 'message-failed';
      readonly accountId?: AccountId;
      readonly attempts: number;
      readonly category: string;
    }
  /** Attempts that failed and will be made again, within one minute. */
  | {
      readonly type: 'message-retried';
      readonly channel: 'sms' | 'email';
      readonly category: string;
      readonly count: number;
    }
  | {
      readonly type: 'revocation-list-issued';
      readonly issuerId: IssuerId;
      readonly number: number;
      readonly entries: number;
    }
  | {
      readonly type: 'workspace-imported';
      readonly accountId: AccountId;
      /** At most 100 of them; `count` says how many there were. */
      readonly sha256s: readonly Sha256Fingerprint[];
      readonly count: number;
      readonly alreadyThere: number;
      readonly source: string;
    }
  | {
      readonly type: 'workspace-removed' | 'workspace-restored';
      readonly accountId: AccountId;
      readonly sha256s: readonly Sha256Fingerprint[];
      readonly count: number;
    }
  | {
      readonly type: 'workspace-exported';
      readonly accountId: AccountId;
      readonly sha256s: readonly Sha256Fingerprint[];
      readonly count: number;
      readonly format: string;
    }
  | {
      readonly type: 'workspace-moved';
      readonly accountId: AccountId;
      readonly sha256: Sha256Fingerprint;
      readonly store: string;
    }
  | {
      readonly type: 'trust-anchor-installed' | 'trust-anchor-withdrawn';
      readonly accountId: AccountId;
      readonly sha256: Sha256Fingerprint;
      readonly scope: 'own' | 'everybody';
    }
  /** Found out in the background; the first result of a certificate is none. */
  | {
      readonly type: 'certificate-status-changed';
      readonly accountId: AccountId;
      readonly sha256: Sha256Fingerprint;
      readonly from: string;
      readonly to: string;
      readonly reason?: string;
    }
  /** From an address in a certificate; what comes unchanged, and fails again, is not written. */
  | {
      readonly type: 'address-fetched';
      readonly accountId: AccountId;
      readonly url: string;
      readonly content: 'issuer' | 'list' | 'status';
      readonly outcome: 'fetched' | 'failed';
      readonly category?: string;
    }
  | {
      readonly type: 'dss-connected';
      readonly accountId: AccountId;
      readonly connectionId: string;
      readonly authorizationServer: string;
      readonly dssServer: string;
    }
  | {
      readonly type: 'dss-certificates-read';
      readonly accountId: AccountId;
      readonly connectionId: string;
      readonly count: number;
      readonly unreadable: number;
    }
  | {
      readonly type: 'dss-failed';
      readonly accountId: AccountId;
      /** None: of a connection that has not worked yet. */
      readonly connectionId?: string;
      readonly authorizationServer: string;
      readonly dssServer: string;
      /** What it was for: `certificates`, `test-signature`. */
      readonly step: string;
      readonly failure: string;
      /** Of HTTP. */
      readonly status?: number;
      /** A word of the DSS's own registry; none of its texts. */
      readonly serverCode?: string;
    }
  | { readonly type: 'dss-renamed'; readonly accountId: AccountId; readonly connectionId: string }
  | {
      readonly type: 'dss-disconnected';
      readonly accountId: AccountId;
      readonly connectionId: string;
      readonly certificates: 'kept' | 'removed';
    }
  | {
      readonly type: 'dss-test-signature';
      readonly accountId: AccountId;
      readonly connectionId: string;
      readonly sha256: Sha256Fingerprint;
      readonly outcome: 'verified' | 'not-verified';
    }
  /** Events of the journal, by an administrator. */
  | { readonly type: 'journal-exported'; readonly format: 'csv' | 'jsonl' }
  | { readonly type: 'audit-checkpoint'; readonly cutThrough: number };

export type AuditEventType = AuditEvent['type'];

/** An event with who did it, as a transaction hands it to the journal. */
export interface AuditRecord {
  readonly actor: Actor;
  readonly event: AuditEvent;
}
