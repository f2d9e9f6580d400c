import type { CurrentFact } from '../access/facts.ts';
import type { Entry } from '../gate/ports.ts';
import type { EntryRow } from './read-entry.ts';
import { dateOf } from './row-values.ts';

/** @throws {TypeError} where the row contradicts itself: the gate denies on every error */
export function toEntry(row: EntryRow): Entry {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    login: row.login,
    displayName: row.display_name,
    account: { status: row.account_status },
    current: toCurrentFact(row),
    currentCertificateId: row.current_certificate_id ?? undefined,
    lastSeenAt: dateOf(row.last_seen_at),
  };
}

type CurrentPart = Pick<
  EntryRow,
  | 'account_id'
  | 'current_certificate_id'
  | 'sha256_fingerprint'
  | 'certificate_status'
  | 'not_before'
  | 'not_after'
>;

/** @throws {TypeError} where the row contradicts itself */
export function toCurrentFact(row: CurrentPart): CurrentFact {
  if (row.current_certificate_id === null) return { kind: 'none' };
  const { sha256_fingerprint, certificate_status, not_before, not_after } = row;
  if (
    sha256_fingerprint === null ||
    certificate_status === null ||
    not_before === null ||
    not_after === null
  ) {
    throw new TypeError(`the current certificate of account ${row.account_id} is missing`);
  }
  if (certificate_status === 'superseded') {
    throw new TypeError(`the current certificate of account ${row.account_id} is superseded`);
  }
  return {
    kind: 'issued',
    sha256Fingerprint: sha256_fingerprint,
    status: certificate_status,
    notBefore: dateOf(not_before),
    notAfter: dateOf(not_after),
  };
}
