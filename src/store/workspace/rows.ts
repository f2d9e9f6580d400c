import type { AccountId, SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';

/** What a certificate says, once for everybody who has it. */
export interface KnownCertificateRow {
  sha256: Sha256Fingerprint;
  der: Uint8Array;
  subject_key: string;
  issuer_key: string;
  serial_number: SerialNumber;
  subject_key_identifier: string | null;
  authority_key_identifier: string | null;
  not_before: number;
  not_after: number;
  owner: string;
  owner_sort: string;
  issuer_name: string;
  issuer_sort: string;
  organisation: string;
  organisation_sort: string;
  inn: string | null;
  inn_le: string | null;
  snils: string | null;
  ogrn: string | null;
  email: string | null;
  algorithm: string;
  is_ca: 0 | 1;
  is_self_issued: 0 | 1;
  search_text: string;
  first_seen_at: number;
}

export interface WorkspaceCertificateRow {
  account_id: AccountId;
  sha256: Sha256Fingerprint;
  store: 'personal' | 'others' | 'authorities';
  has_key_elsewhere: 0 | 1;
  added_at: number;
  /** In the bin since then; null: not removed. */
  removed_at: number | null;
}

/** Also of revocation lists. */
export interface CertificateSourceRow {
  account_id: AccountId;
  sha256: Sha256Fingerprint;
  kind: 'file' | 'paste' | 'dss' | 'fetched' | 'administrator' | 'access';
  detail: string;
  at: number;
}

export interface KnownListRow {
  sha256: Sha256Fingerprint;
  der: Uint8Array;
  issuer_key: string;
  issuer_name: string;
  issuer_sort: string;
  authority_key_identifier: string | null;
  /** Decimal digits. */
  crl_number: string | null;
  /** Of delta lists. */
  base_crl_number: string | null;
  this_update: number;
  next_update: number | null;
  size: number;
  entry_count: number;
  entry_index: Uint8Array | null;
  search_text: string;
  first_seen_at: number;
}

export interface WorkspaceListRow {
  account_id: AccountId;
  sha256: Sha256Fingerprint;
  added_at: number;
  removed_at: number | null;
}

export interface TrustAnchorRow {
  /** Empty: an anchor of everybody, which an administrator installed. */
  account_id: AccountId | '';
  sha256: Sha256Fingerprint;
  installed_by: AccountId;
  installed_at: number;
  withdrawn_at: number | null;
}

export interface CertificateCheckRow {
  account_id: AccountId;
  sha256: Sha256Fingerprint;
  state: 'checking' | 'valid' | 'valid-expires-soon' | 'unknown' | 'invalid';
  reason: string | null;
  /** JSON. */
  detail: string;
  checked_at: number;
  due_at: number;
}

export interface FetchRow {
  /** SHA-256 of the address. */
  url_key: string;
  url: string;
  /** A question to a responder stands here as `list`; {@link StatusQuestionRow} says which ones they are. */
  kind: 'issuer' | 'list';
  outcome: 'fetched' | 'unchanged' | 'failed' | null;
  category: string | null;
  last_at: number | null;
  next_at: number;
  /** A node is at it until then. */
  lease_until: number | null;
  sha256: Sha256Fingerprint | null;
  duration_ms: number | null;
  failures: number;
}

/** Who gets what an address gives. */
export interface FetchWishRow {
  url_key: string;
  account_id: AccountId;
}

export interface FetchedContentRow {
  url_key: string;
  sha256: Sha256Fingerprint;
}

/** What a responder is asked at this address about one certificate. */
export interface StatusQuestionRow {
  url_key: string;
  sha256: Sha256Fingerprint;
  /** The answer (OCSPResponse). */
  der: Uint8Array | null;
}

export interface NotificationRow {
  account_id: AccountId;
  id: string;
  kind: string;
  group_key: string;
  /** JSON. */
  payload: string;
  count: number;
  at: number;
  read_at: number | null;
}
