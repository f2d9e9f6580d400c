/**
 * The tables as both databases have them. Rows are not domain types: times are milliseconds since 1970, what is
 * absent is null, sealed columns hold what `sealing` made. Every port maps rows to its own types.
 */
import type { DenialReason } from '../access/decide.ts';
import type { AuditEventType } from '../kernel/audit-event.ts';
import type {
  AccessCertificateId,
  AccountChangeId,
  AccountId,
  ApplicationId,
  DecisionId,
  EmailAddress,
  OutboxMessageId,
  SerialNumber,
  SessionId,
  Sha256Fingerprint,
  TokenHash,
} from '../kernel/brand.ts';
import type { Login, LoginKey } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { DssCertificateRow, DssConnectionRow } from './dss/rows.ts';
import type {
  AccessCertificateRow,
  IssuanceIntentRow,
  IssuedFileRow,
  IssuerRequestRow,
  IssuerRow,
  RevocationListTableRow,
} from './enrolment/rows.ts';
import type { NoticeRow, ReminderRow } from './reminders/rows.ts';
import type {
  CertificateCheckRow,
  CertificateSourceRow,
  FetchedContentRow,
  FetchRow,
  FetchWishRow,
  KnownCertificateRow,
  KnownListRow,
  NotificationRow,
  StatusQuestionRow,
  TrustAnchorRow,
  WorkspaceCertificateRow,
  WorkspaceListRow,
} from './workspace/rows.ts';

export interface Schema {
  schema_versions: SchemaVersionRow;
  instance: InstanceRow;
  secrets: SecretRow;
  change_counters: ChangeCountersRow;
  accounts: AccountRow;
  account_changes: AccountChangeRow;
  sessions: SessionRow;
  session_tokens: SessionTokenRow;
  hand_overs: HandOverRow;
  application_cookies: ApplicationCookieRow;
  choose_again_tokens: ChooseAgainTokenRow;
  attempts: AttemptRow;
  journal_counts: JournalCountRow;
  issuers: IssuerRow;
  issuer_requests: IssuerRequestRow;
  issuance_intents: IssuanceIntentRow;
  access_certificates: AccessCertificateRow;
  issued_files: IssuedFileRow;
  crls: RevocationListTableRow;
  decisions: DecisionRow;
  outbox: OutboxRow;
  one_time_codes: OneTimeCodeRow;
  reminders: ReminderRow;
  notices: NoticeRow;
  preferences: PreferenceRow;
  known_certificates: KnownCertificateRow;
  workspace_certificates: WorkspaceCertificateRow;
  certificate_sources: CertificateSourceRow;
  known_lists: KnownListRow;
  workspace_lists: WorkspaceListRow;
  trust_anchors: TrustAnchorRow;
  certificate_checks: CertificateCheckRow;
  fetches: FetchRow;
  dss_connections: DssConnectionRow;
  dss_certificates: DssCertificateRow;
  fetch_wishes: FetchWishRow;
  fetched_contents: FetchedContentRow;
  status_questions: StatusQuestionRow;
  notifications: NotificationRow;
  audit_events: AuditEventRow;
  audit_head: AuditHeadRow;
  audit_checkpoints: AuditCheckpointRow;
  journal_deliveries: JournalDeliveryRow;
}

export interface SchemaVersionRow {
  number: number;
  name: string;
  applied_at: number;
}

/** One row. The salt and cost of the key that everything sealed is sealed with, and a probe to tell a wrong secret. */
export interface InstanceRow {
  id: number;
  created_at: number;
  kdf_salt: Uint8Array;
  kdf_cost: number;
  probe_sealed: Uint8Array;
}

export interface SecretRow {
  name: string;
  value_sealed: Uint8Array;
  created_at: number;
}

/** One row. */
export interface ChangeCountersRow {
  id: number;
  /** Grows with every change that can turn a permit into a refusal. */
  access_revision: number;
  /** Grows with every change of what a revocation list would say. */
  certificate_revision: number;
}

export interface AccountRow {
  id: AccountId;
  login: Login;
  login_key: LoginKey;
  display_name: string;
  phone: PhoneNumber | null;
  email: EmailAddress | null;
  role: 'user' | 'operator' | 'administrator';
  status: 'active' | 'blocked';
  locale: 'ru' | 'en';
  /** Null: nobody has chosen it. */
  locale_chosen_at: number | null;
  password_hash: string;
  current_certificate_id: AccessCertificateId | null;
  created_at: number;
  revision: number;
  /** `first`: handed over by somebody else, to be changed at the next sign-in. */
  password_state: 'own' | 'first';
  password_reset_at: number | null;
  password_reset_by: AccountId | null;
  phone_changed_at: number | null;
  phone_changed_by: AccountId | null;
  /** Nothing is issued to the number before it. */
  phone_held_until: number | null;
  /** The last time; null: never. */
  signed_in_at: number | null;
  /** Lower case; null: of an older program, made when it is next opened. */
  search_text: string | null;
}

/** Values before and after a change, which the journal refers to. */
export interface AccountChangeRow {
  id: AccountChangeId;
  account_id: AccountId;
  at: number;
  /** JSON. */
  values_sealed: Uint8Array;
}

export interface SessionRow {
  id: SessionId;
  account_id: AccountId;
  started_at: number;
  last_seen_at: number;
  idle_seconds: number;
  absolute_expires_at: number;
  ended_at: number | null;
  ended_why: string | null;
  address: string;
  user_agent: string;
}

export interface SessionTokenRow {
  token_hash: TokenHash;
  session_id: SessionId;
  /** Null: the portal's token. */
  application_id: ApplicationId | null;
  created_at: number;
}

export interface HandOverRow {
  code_hash: TokenHash;
  session_id: SessionId;
  application_id: ApplicationId;
  binding_hash: TokenHash;
  return_path: string;
  created_at: number;
  expires_at: number;
}

export interface ApplicationCookieRow {
  application_id: ApplicationId;
  name: string;
  path: string;
  domain: string;
  partitioned: number;
  first_seen_at: number;
}

export interface ChooseAgainTokenRow {
  token_hash: TokenHash;
  session_id: SessionId;
  application_id: ApplicationId;
  created_at: number;
  expires_at: number;
}

export interface AttemptRow {
  key: string;
  at: number;
  count: number;
}

/** Events of one minute that become one line of the journal when the minute is over. */
export interface JournalCountRow {
  /** The event without its count, as canonical JSON. */
  event: string;
  /** The beginning of the minute. */
  minute: number;
  count: number;
}

export interface DecisionRow {
  id: DecisionId;
  at: number;
  outcome: 'permit' | 'deny';
  /** Null for a permit. */
  reason: DenialReason | null;
  session_id: SessionId;
  account_id: AccountId;
  application_id: ApplicationId;
  /** The account's current certificate at that time. */
  certificate_id: AccessCertificateId | null;
  address: string;
  return_path: string | null;
  presented_fingerprint: Sha256Fingerprint | null;
  presented_subject: string | null;
  presented_serial_number: SerialNumber | null;
  presented_not_before: number | null;
}

export interface OutboxRow {
  id: OutboxMessageId;
  account_id: AccountId | null;
  certificate_id: AccessCertificateId | null;
  /** Counts the messages of one certificate; the greatest is the one that is told of. */
  position: number;
  channel: 'sms' | 'email';
  /** A telephone number or an address, by the channel. */
  recipient: PhoneNumber | EmailAddress;
  /** Null once the message is finished. */
  text_sealed: Uint8Array | null;
  status: 'queued' | 'retrying' | 'delivered' | 'failed' | 'replaced';
  attempts: number;
  created_at: number;
  next_attempt_at: number;
  expires_at: number;
  lease_until: number | null;
  finished_at: number | null;
  failure_category: string | null;
  gateway_id: string | null;
  /** What it is about, `kind:id`, where it can be taken back; null else. */
  about: string | null;
}

export interface OneTimeCodeRow {
  session_id: SessionId;
  purpose: 'replace-certificate';
  account_id: AccountId;
  /** The code is for replacing this one. */
  certificate_id: AccessCertificateId;
  /** Where it was sent to; it is void once the account has another number. */
  recipient: PhoneNumber;
  /** A hash, sealed: eight digits are quickly tried through. */
  code_hash_sealed: Uint8Array;
  tries_left: number;
  message_id: OutboxMessageId;
  created_at: number;
  expires_at: number;
}

export interface PreferenceRow {
  account_id: AccountId;
  name: string;
  /** JSON. */
  value: string;
  changed_at: number;
}

export interface AuditEventRow {
  sequence: number;
  at: number;
  actor: string;
  event: string;
  /** From the event, for look-ups; checked against it by the verification. */
  type: AuditEventType;
  /** From the event, for look-ups; checked against it by the verification. */
  account_id: AccountId | null;
  previous_hash: string;
  hash: string;
}

/** One row: the last event. Whoever appends locks it. */
export interface AuditHeadRow {
  id: number;
  sequence: number;
  hash: string;
}

export interface AuditCheckpointRow {
  cut_through: number;
  hash: string;
  at: number;
  mac: string;
}

/** How far a receiver outside (syslog, webhook) has the journal. */
export interface JournalDeliveryRow {
  receiver: string;
  sequence: number;
  lease_until: number;
  delivered_at: number | null;
  failed_at: number | null;
  /** Of the last attempt, where it failed. */
  failure: string | null;
}
