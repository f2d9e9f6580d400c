import type { DssConnectionId } from '../../dss/connections/ports.ts';
import type { DssFailure } from '../../dss/protocol/dss-error.ts';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';

export interface DssConnectionRow {
  id: DssConnectionId;
  account_id: AccountId;
  name: string;
  /** Lower case: two connections of a person differ in more than the case of letters. */
  name_key: string;
  authorization_server: string;
  dss_server: string;
  uses_v2: 0 | 1;
  login: string;
  created_at: number;
  refreshed_at: number | null;
  failure: DssFailure | null;
  failed_at: number | null;
}

export interface DssCertificateRow {
  connection_id: DssConnectionId;
  dss_id: string;
  position: number;
  sha256: Sha256Fingerprint | null;
  owner: string;
  not_after: number | null;
  status: string;
  has_pin: 0 | 1;
  is_default: 0 | 1;
  vanished_at: number | null;
}
