import type { RevocationReason } from '../../kernel/audit-event.ts';
import type {
  AccessCertificateId,
  AccountId,
  IssuerId,
  SerialNumber,
  Sha256Fingerprint,
} from '../../kernel/brand.ts';

export interface IssuerRow {
  id: IssuerId;
  role: 'root' | 'issuing';
  status: 'active' | 'retired';
  certificate_der: Uint8Array;
  private_key_sealed: Uint8Array | null;
  created_at: number;
}

export interface IssuerRequestRow {
  slot: number;
  id: IssuerId;
  private_key_sealed: Uint8Array;
  created_at: number;
}

export interface IssuanceIntentRow {
  serial_number: SerialNumber;
  account_id: AccountId;
  issuer_id: IssuerId;
  status: 'live' | 'redeemed' | 'abandoned';
  created_at: number;
  lease_until: number;
  finished_at: number | null;
}

export interface AccessCertificateRow {
  id: AccessCertificateId;
  account_id: AccountId;
  issuer_id: IssuerId;
  serial_number: SerialNumber;
  sha256_fingerprint: Sha256Fingerprint;
  certificate_der: Uint8Array;
  not_before: number;
  not_after: number;
  issued_at: number;
  status: 'active' | 'superseded' | 'suspended' | 'revoked';
  status_changed_at: number;
  revocation_reason: RevocationReason | null;
  first_presented_at: number | null;
}

export interface IssuedFileRow {
  certificate_id: AccessCertificateId;
  private_key_sealed: Uint8Array | null;
  key_expires_at: number;
  password_sealed: Uint8Array | null;
  password_expires_at: number;
}

export interface RevocationListTableRow {
  issuer_id: IssuerId;
  number: number;
  der: Uint8Array;
  this_update: number;
  next_update: number;
  revision: number;
}
