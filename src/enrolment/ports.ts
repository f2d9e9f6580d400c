import type { Actor, RevocationReason } from '../kernel/audit-event.ts';
import type {
  AccessCertificateId,
  AccountId,
  IssuerId,
  OutboxMessageId,
  SerialNumber,
  SessionId,
  Sha256Fingerprint,
  TokenHash,
} from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { OutgoingMail, OutgoingSms } from '../messaging/ports.ts';

/** A certificate that Propusk issued to an account. */
export interface AccessCertificate {
  readonly id: AccessCertificateId;
  readonly accountId: AccountId;
  readonly issuerId: IssuerId;
  readonly serialNumber: SerialNumber;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly certificateDer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly issuedAt: Date;
  readonly status: 'active' | 'superseded' | 'suspended' | 'revoked';
  readonly statusChangedAt: Date;
  readonly revocationReason: RevocationReason | undefined;
  readonly firstPresentedAt: Date | undefined;
}

export interface Issuer {
  readonly id: IssuerId;
  readonly role: 'root' | 'issuing';
  readonly certificateDer: Uint8Array;
  /** PKCS#8 DER. Undefined once the root's key has left the server. */
  readonly privateKeyPkcs8: Uint8Array | undefined;
  readonly createdAt: Date;
}

/** An issuer as it is kept: people's certificates are signed by the active issuing one. */
export interface KeptIssuer extends Issuer {
  readonly status: 'active' | 'retired';
}

/** The key of an issuing authority that waits for a certificate from somebody else's root. */
export interface IssuerRequest {
  readonly id: IssuerId;
  /** PKCS#8 DER. */
  readonly privateKeyPkcs8: Uint8Array;
  readonly createdAt: Date;
}

/** The file of an account's certificate while it can still be downloaded, and its password while it can still be sent. */
export interface IssuedFile {
  readonly certificateId: AccessCertificateId;
  /** Undefined once wiped. PKCS#8 DER. */
  readonly privateKeyPkcs8: Uint8Array | undefined;
  readonly keyExpiresAt: Date;
  /** Undefined once wiped. */
  readonly password: string | undefined;
  readonly passwordExpiresAt: Date;
}

/** How the message with the file's password is doing. */
export interface PasswordDelivery {
  readonly messageId: OutboxMessageId;
  readonly phone: PhoneNumber;
  readonly status: 'queued' | 'retrying' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly queuedAt: Date;
  /** Undefined once it is delivered or given up. In the past: at any moment. */
  readonly nextAttemptAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  /** Of the last failure, as `messaging` names them. */
  readonly failureCategory: string | undefined;
}

export interface Enrolment {
  /** The account's current certificate; undefined when none was issued or a new download was allowed. */
  readonly current: AccessCertificate | undefined;
  readonly file: IssuedFile | undefined;
  readonly delivery: PasswordDelivery | undefined;
}

export type IntentResult =
  | { readonly kind: 'recorded' }
  /** Another issuance for this account is under way (a live lease): wait for it and read again. */
  | { readonly kind: 'busy' };

/** What a replacement rests on: nobody's certificate ends because of a password alone. */
export type ReplacementProof =
  /** The former certificate was presented in this session. */
  | { readonly kind: 'certificate' }
  /** A one-time code, used up with the replacement, of which the owner is told. */
  | {
      readonly kind: 'code';
      readonly sessionId: SessionId;
      readonly codeHash: TokenHash;
      readonly notices: readonly (OutgoingMail | OutgoingSms)[];
    };

/** A code that still can be typed in. */
export interface ReplacementCode {
  readonly certificateId: AccessCertificateId;
  readonly phone: PhoneNumber;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly triesLeft: number;
}

export type CodeCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** There is none, or its time or its tries are over, or it was sent for something else. */
  | { readonly kind: 'none' };

/**
 * What `enrolment` needs of the database. Private keys, passwords and message texts are stored encrypted by the store and
 * come back in clear; every change writes its audit event in the same transaction.
 */
export interface EnrolmentPort {
  readEnrolment(accountId: AccountId): Promise<Enrolment>;
  /** The issuer that signs now. @throws {ProblemError} `issuer-unavailable` */
  getActiveIssuer(): Promise<Issuer>;
  /** In the order in which they were made. */
  listIssuers(): Promise<readonly KeptIssuer[]>;
  /** First start: root and issuing CA in one transaction. Only where there is none yet; else returns false. */
  createIssuers(root: Issuer, issuing: Issuer, actor: Actor, now: Date): Promise<boolean>;
  /**
   * The issuing authority `retires` gives way to another one; its key stays for lists and answers. `above` are
   * authorities over the new one that are not known here yet. A waiting request is used up.
   *
   * @returns false where `retires` is not the active one any more; nothing is changed then
   */
  replaceIssuing(input: {
    readonly retires: IssuerId;
    readonly issuing: Issuer;
    readonly above: readonly Issuer[];
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<boolean>;
  /** In place of an earlier one, whose key is gone then. */
  storeIssuerRequest(request: IssuerRequest, actor: Actor): Promise<void>;
  findIssuerRequest(): Promise<IssuerRequest | undefined>;
  /** Wipes the root's private key after it was exported. */
  dropRootKey(issuerId: IssuerId, actor: Actor, now: Date): Promise<void>;

  /**
   * The record before the act that cannot be undone: serial number and intent, before anything is signed.
   * One live intent per account: a second one answers `busy` until the first is redeemed, abandoned or its lease ends.
   */
  recordIntent(input: {
    readonly accountId: AccountId;
    readonly issuerId: IssuerId;
    readonly serialNumber: SerialNumber;
    readonly leaseSeconds: number;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<IntentResult>;
  /** Gives an intent up (also at start, for intents whose lease ended). The serial number is never used again. */
  abandonIntent(serialNumber: SerialNumber, now: Date): Promise<void>;
  /** Abandons the intents whose lease has ended; returns how many. */
  abandonStaleIntents(now: Date): Promise<number>;

  /**
   * One transaction: the intent is redeemed, the certificate becomes the account's current one, a former active one
   * becomes superseded (its file and password are wiped at once), file and message are stored, the journal written.
   * With `replacement` the former one must be active still, and its account too; a code is used up and the owner told.
   * @throws {ProblemError} `certificate-state` where `expectedCurrentId` is not the account's current certificate any
   *   more (somebody else issued or allowed in between), where the account was blocked or, unless the machine itself
   *   issues, the former certificate revoked or suspended, where the intent is gone, or what `replacement` asks for is not
   *   so any more; nothing is changed then. `message-limit`
   */
  recordIssued(input: {
    readonly certificate: Omit<
      AccessCertificate,
      'status' | 'statusChangedAt' | 'revocationReason' | 'firstPresentedAt'
    >;
    readonly expectedCurrentId: AccessCertificateId | undefined;
    readonly file: Omit<IssuedFile, 'certificateId'> | undefined;
    readonly message: OutgoingSms | undefined;
    readonly replacement?: ReplacementProof | undefined;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<AccessCertificate>;

  recordDownload(
    certificateId: AccessCertificateId,
    format: 'compatible' | 'modern',
    actor: Actor,
    now: Date,
  ): Promise<void>;
  /** Queues the password once more; a queued or retrying message of the same certificate is replaced. */
  queuePassword(
    certificateId: AccessCertificateId,
    message: OutgoingSms,
    actor: Actor,
    now: Date,
  ): Promise<PasswordDelivery>;
  /** Wipes keys and passwords whose time is over; returns how many were wiped. */
  wipeExpiredFiles(now: Date): Promise<number>;

  /** Whether the session has entered an application with this certificate. */
  wasPermitted(sessionId: SessionId, certificateId: AccessCertificateId): Promise<boolean>;
  /**
   * Stores a code for replacing this certificate in this session, in place of an earlier one, and queues its message.
   * @throws {ProblemError} `certificate-state` where the certificate is not the account's active one any more
   */
  storeReplacementCode(input: {
    readonly sessionId: SessionId;
    readonly accountId: AccountId;
    readonly certificateId: AccessCertificateId;
    readonly codeHash: TokenHash;
    readonly tries: number;
    readonly message: OutgoingSms;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<void>;
  /** The session's code if it can still be typed in. */
  findReplacementCode(sessionId: SessionId, now: Date): Promise<ReplacementCode | undefined>;
  /** A wrong code costs a try; a right one nothing: it is used up by {@link recordIssued}. */
  checkReplacementCode(input: {
    readonly sessionId: SessionId;
    readonly certificateId: AccessCertificateId;
    readonly codeHash: TokenHash;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<CodeCheck>;

  findCertificate(id: AccessCertificateId): Promise<AccessCertificate | undefined>;
  findCertificateBySerialNumber(serialNumber: SerialNumber): Promise<AccessCertificate | undefined>;
  findCertificateByFingerprint(fingerprint: Sha256Fingerprint): Promise<AccessCertificate | undefined>;
  /** Newest first. */
  listCertificates(query: {
    readonly accountId?: AccountId;
    readonly limit: number;
    readonly before?: Date;
  }): Promise<readonly AccessCertificate[]>;
  /** @throws {ProblemError} `certificate-state` unless active or suspended */
  revokeCertificate(input: {
    readonly certificateId: AccessCertificateId;
    readonly reason: RevocationReason;
    readonly comment: string | undefined;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<AccessCertificate>;
  /** "Allow a new download": clears the account's current certificate if it is revoked. @throws {ProblemError} `certificate-state` */
  allowDownload(accountId: AccountId, actor: Actor, now: Date): Promise<void>;

  /** The change counter of what a revocation list would say. Read it before {@link listRevoked}, never after. */
  readCertificateRevision(): Promise<number>;
  /**
   * Revoked, superseded and suspended certificates of the issuer that have not expired, or only since the stored list
   * (RFC 5280, section 3.3: an entry stays until it was on a list made after the certificate's end), and abandoned
   * serial numbers.
   */
  listRevoked(issuerId: IssuerId, now: Date): Promise<readonly RevokedEntry[]>;
  /** What {@link listRevoked} would say of one serial number; undefined where the issuer never gave it out. */
  findCertificateStatus(
    issuerId: IssuerId,
    serialNumber: SerialNumber,
  ): Promise<{ readonly kind: 'good' } | ({ readonly kind: 'revoked' } & RevokedEntry) | undefined>;
  /** The record before a key for answers about certificates (OCSP) is appointed. */
  recordResponder(issuerId: IssuerId, serialNumber: SerialNumber, actor: Actor, now: Date): Promise<void>;
  findRevocationList(issuerId: IssuerId): Promise<RevocationListRow | undefined>;
  /** Stores a list whose number is greater than the stored one. Returns false where another node was first. */
  storeRevocationList(list: RevocationListRow, entries: number, actor: Actor, now: Date): Promise<boolean>;
}

export interface RevokedEntry {
  readonly serialNumber: SerialNumber;
  readonly revokedAt: Date;
  readonly reason: RevocationReason | undefined;
}

export interface RevocationListRow {
  readonly issuerId: IssuerId;
  readonly number: number;
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** The change counter of the certificates at the time of the list: a newer one asks for a new list. */
  readonly revision: number;
}
