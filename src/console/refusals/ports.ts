import type { DenialReason } from '../../access/decide.ts';
import type { SessionFact } from '../../access/facts.ts';
import type { AccessCertificate } from '../../enrolment/ports.ts';
import type {
  AccountId,
  ApplicationId,
  DecisionId,
  SerialNumber,
  Sha256Fingerprint,
} from '../../kernel/brand.ts';

export type RefusalSearch =
  /** Inside of login, name, telephone or e-mail; small letters. */
  | { readonly kind: 'person'; readonly text: string }
  | { readonly kind: 'address'; readonly address: string }
  /** Presented, or the account's own. */
  | { readonly kind: 'serial'; readonly serialNumber: SerialNumber }
  | { readonly kind: 'fingerprint'; readonly sha256Fingerprint: Sha256Fingerprint };

export interface RefusedAccount {
  readonly id: AccountId;
  readonly login: string;
  readonly displayName: string;
}

export interface RecordedRefusal {
  readonly id: DecisionId;
  readonly at: Date;
  readonly reason: DenialReason;
  readonly account: RefusedAccount;
  readonly address: string;
  readonly applicationId: ApplicationId;
  readonly returnPath: string | undefined;
  readonly presented:
    | {
        readonly sha256Fingerprint: Sha256Fingerprint;
        readonly subject: string;
        readonly serialNumber: SerialNumber;
        readonly notBefore: Date;
        /** Undefined: not one of ours. */
        readonly owner: RefusedAccount | undefined;
      }
    | undefined;
}

export type RefusedCertificate = Pick<
  AccessCertificate,
  'id' | 'serialNumber' | 'sha256Fingerprint' | 'notBefore' | 'notAfter' | 'status'
>;

export interface RefusalDetails extends RecordedRefusal {
  /** Undefined: the session is kept no more. */
  readonly userAgent: string | undefined;
  /** The account's own at that time. */
  readonly certificate: RefusedCertificate | undefined;
  readonly now: {
    /** As the gate would read it for a session of this account. */
    readonly session: Extract<SessionFact, { kind: 'signed-in' }>;
    readonly certificate: RefusedCertificate | undefined;
  };
  /** The first permit of the account in the same application after it. */
  readonly enteredAt: Date | undefined;
}

export interface RefusalPort {
  /** Newest first. */
  listRefusals(query: {
    readonly search?: RefusalSearch;
    readonly reason?: string;
    readonly from?: Date;
    /** Not included. */
    readonly to?: Date;
    /** The last one of the page before; of one that is there no more, nothing follows. */
    readonly before?: DecisionId;
    readonly limit: number;
  }): Promise<readonly RecordedRefusal[]>;
  findRefusal(id: DecisionId): Promise<RefusalDetails | undefined>;
}
