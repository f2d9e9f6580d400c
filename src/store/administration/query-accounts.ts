import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { AccountFilter, AccountListRow } from '../../console/administration/ports.ts';
import { toAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import type { AccessCertificateRow } from '../enrolment/rows.ts';
import { dateOf, dateOrUndefined } from '../row-values.ts';
import type { AccountRow } from '../rows.ts';

const DAY_MS = 86_400_000;

/** Accounts with their current certificate. */
export function selectAccounts({ reader }: Pick<StoreContext, 'reader'>) {
  return reader
    .selectFrom('accounts')
    .leftJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id');
}

export function filterAccounts(context: Pick<StoreContext, 'reader'>, filter: AccountFilter, now: Date) {
  const nowMs = now.getTime();
  let query = selectAccounts(context);
  if (filter.search) query = query.where(isLike('accounts.search_text', filter.search));
  if (filter.status) query = query.where('accounts.status', '=', filter.status);
  if (filter.role) query = query.where('accounts.role', '=', filter.role);
  if (filter.signedIn === 'never') query = query.where('accounts.signed_in_at', 'is', null);
  switch (filter.certificate) {
    case undefined:
      break;
    case 'none':
      query = query.where('accounts.current_certificate_id', 'is', null);
      break;
    case 'active':
    case 'expired':
      query = query
        .where('access_certificates.status', '=', 'active')
        .where('access_certificates.not_after', filter.certificate === 'active' ? '>=' : '<', nowMs);
      break;
    case 'suspended':
    case 'revoked':
      query = query.where('access_certificates.status', '=', filter.certificate);
      break;
  }
  if (filter.expiresWithinDays !== undefined) {
    query = query
      .where('access_certificates.status', '=', 'active')
      .where('access_certificates.not_after', '>=', nowMs)
      .where('access_certificates.not_after', '<=', nowMs + filter.expiresWithinDays * DAY_MS);
  }
  return query;
}

/** SQLite has no sign for it unless one is named. */
export function isLike(column: string, search: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${patternOf(search)} escape '\\'`;
}

/** Where the text is anywhere inside; its own `%`, `_` and `\` stand for themselves. */
function patternOf(search: string): string {
  return `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

export const CERTIFICATE_COLUMNS = [
  'access_certificates.id as certificate_id',
  'access_certificates.status as certificate_status',
  'access_certificates.not_after as certificate_not_after',
  'access_certificates.serial_number as certificate_serial_number',
] as const;

interface CertificateColumns {
  readonly certificate_id: AccessCertificateRow['id'] | null;
  readonly certificate_status: AccessCertificateRow['status'] | null;
  readonly certificate_not_after: number | null;
  readonly certificate_serial_number: AccessCertificateRow['serial_number'] | null;
}

export function toListRow(row: AccountRow & CertificateColumns): AccountListRow {
  const { certificate_id: id, certificate_status: status, certificate_not_after: notAfter } = row;
  const serialNumber = row.certificate_serial_number;
  return {
    account: toAccount(row),
    signedInAt: dateOrUndefined(row.signed_in_at),
    certificate:
      id === null || status === null || notAfter === null || serialNumber === null
        ? undefined
        : { id, status, notAfter: dateOf(notAfter), serialNumber },
  };
}
