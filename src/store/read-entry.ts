import type { AccessCertificateRow } from './enrolment/rows.ts';
import type { AccountRow, SessionRow } from './rows.ts';

/** One row of the gate's question: session, account and current certificate behind an application's token. */
export interface EntryRow {
  session_id: SessionRow['id'];
  last_seen_at: number;
  account_id: AccountRow['id'];
  login: AccountRow['login'];
  display_name: string;
  account_status: AccountRow['status'];
  current_certificate_id: AccountRow['current_certificate_id'];
  /** Null with a `current_certificate_id`: the row it names is missing, which must deny. */
  sha256_fingerprint: AccessCertificateRow['sha256_fingerprint'] | null;
  certificate_status: AccessCertificateRow['status'] | null;
  not_before: number | null;
  not_after: number | null;
}

/** One statement, so that session, account and certificate are of one moment. */
export function readEntrySql(parameter: (index: 1 | 2 | 3) => string): string {
  return `select s.id as session_id, s.last_seen_at as last_seen_at,
      a.id as account_id, a.login as login, a.display_name as display_name, a.status as account_status,
      a.current_certificate_id as current_certificate_id,
      c.sha256_fingerprint as sha256_fingerprint, c.status as certificate_status,
      c.not_before as not_before, c.not_after as not_after
    from session_tokens t
    join sessions s on s.id = t.session_id
    join accounts a on a.id = s.account_id
    left join access_certificates c on c.id = a.current_certificate_id and c.account_id = a.id
    where t.token_hash = ${parameter(1)} and t.application_id = ${parameter(2)}
      and s.ended_at is null
      and s.absolute_expires_at > ${parameter(3)}
      and s.last_seen_at + s.idle_seconds * 1000 > ${parameter(3)}`;
}
