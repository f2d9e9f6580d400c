import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { FetchKind } from '../fetching/ports.ts';
import type { CertificateStore } from '../stores/known-certificate.ts';
import type { CheckState } from '../stores/ports.ts';
import type { StatusDetail } from './status-detail.ts';

/** A certificate whose turn it is. */
export interface DueCheck {
  readonly accountId: AccountId;
  readonly sha256: Sha256Fingerprint;
  readonly der: Uint8Array;
  readonly store: CertificateStore;
  readonly previous: { readonly state: CheckState; readonly reason: string | undefined };
  /** It is this caller's until then; whoever marks it due meanwhile changes that. */
  readonly leaseUntil: number;
  /** Of the certificate that this server issued to the person for signing in. */
  readonly access: AccessState | undefined;
}

export interface AccessState {
  readonly status: 'active' | 'superseded' | 'suspended' | 'revoked';
  readonly statusChangedAt: Date;
  readonly revocationReason: string | undefined;
}

export interface NamedCertificate {
  readonly sha256: Sha256Fingerprint;
  readonly der: Uint8Array;
  readonly issuerKey: string;
}

/** An address whose content would help. */
export interface Wish {
  /** Of `status`: with the question, see `status-questions.ts`. */
  readonly url: string;
  readonly kind: FetchKind;
  /** Of `status`: the certificate that is asked about. */
  readonly sha256?: Sha256Fingerprint;
}

export interface FetchState {
  readonly url: string;
  readonly kind: FetchKind;
  readonly outcome: 'fetched' | 'unchanged' | 'failed' | undefined;
  readonly category: string | undefined;
  readonly lastAt: Date | undefined;
  readonly nextAt: Date;
  readonly durationMs: number | undefined;
}

export interface StatusRow {
  readonly sha256: Sha256Fingerprint;
  readonly owner: string;
  readonly notAfter: Date;
  readonly store: CertificateStore;
  readonly state: CheckState;
  /** A `CheckReason`, of this version of the program or another. */
  readonly reason: string | undefined;
  readonly detail: StatusDetail | undefined;
  readonly checkedAt: Date | undefined;
}

/** In the person's language. */
export type LetterOf = (locale: 'ru' | 'en') => { readonly subject: string; readonly text: string };

/** What checking needs of the database. */
export interface CheckingPort {
  /** Takes what is due for a while, so that no other node does the same. */
  claimDueChecks(now: Date, limit: number, leaseSeconds: number): Promise<readonly DueCheck[]>;
  /** The authorities of this server, in DER. */
  readAuthorities(): Promise<readonly Uint8Array[]>;
  /** Own ones and those of everybody. */
  readAnchors(accountId: AccountId): Promise<readonly Pick<NamedCertificate, 'sha256' | 'der'>[]>;
  /** Certificates of this name that the person has, and anchors of everybody. */
  readNamed(accountId: AccountId, subjectKey: string): Promise<readonly NamedCertificate[]>;
  /** The newest of these issuers that the person has, and those that these addresses gave. */
  findLists(
    accountId: AccountId,
    issuerKeys: readonly string[],
  ): Promise<readonly { readonly sha256: Sha256Fingerprint; readonly size: number }[]>;
  readListDer(sha256: Sha256Fingerprint): Promise<Uint8Array | undefined>;
  readFetches(urls: readonly string[]): Promise<readonly FetchState[]>;
  /** What responders answered to these questions, whoever wished for it. */
  readAnswers(urls: readonly string[]): Promise<readonly Uint8Array[]>;
  /** From now on the person gets what these addresses give. */
  wishFor(accountId: AccountId, wishes: readonly Wish[], now: Date): Promise<void>;
  /** With the journal and the notifications, in one transaction. */
  recordCheck(check: {
    readonly due: DueCheck;
    readonly state: CheckState;
    readonly detail: StatusDetail;
    readonly now: Date;
    readonly dueAt: Date;
    /** To be sent where it turns out that a personal certificate was revoked; once. Undefined: nothing is sent. */
    readonly letterOf?: LetterOf | undefined;
  }): Promise<void>;
  /**
   * Certificates without a row get one, and those for signing in that were revoked or suspended meanwhile are due;
   * returns how many.
   */
  sweepUnchecked(now: Date): Promise<number>;
}

export interface ChainCertificate {
  readonly sha256: Sha256Fingerprint;
  readonly der: Uint8Array;
  /** In the person's workspace. */
  readonly isHere: boolean;
}

/** What the pages ask about states. */
export interface StatusPort {
  findStatus(accountId: AccountId, sha256: Sha256Fingerprint): Promise<StatusRow | undefined>;
  /** Everything that is not valid; at most 10,000. */
  listProblems(accountId: AccountId): Promise<readonly StatusRow[]>;
  countStates(accountId: AccountId): Promise<Readonly<Record<CheckState, number>>>;
  readFetches(urls: readonly string[]): Promise<readonly FetchState[]>;
  /** Certificates that this person may know: their own, anchors of everybody, and the authorities of this server. */
  readKnown(
    accountId: AccountId,
    sha256s: readonly Sha256Fingerprint[],
  ): Promise<readonly ChainCertificate[]>;
  /** Undefined: all of them. Returns how many. */
  requestChecks(
    accountId: AccountId,
    sha256s: readonly Sha256Fingerprint[] | undefined,
    now: Date,
  ): Promise<number>;
  /** Of these, those that the person has, and those of them that were checked at this time or later. */
  countChecked(
    accountId: AccountId,
    sha256s: readonly Sha256Fingerprint[],
    since: Date,
  ): Promise<{ readonly count: number; readonly done: number }>;
  /** At once, however often it has failed. */
  requestFetches(accountId: AccountId, wishes: readonly Wish[], now: Date): Promise<void>;
}
