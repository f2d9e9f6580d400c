/** Rows of what certificates and lists say, to and from the types of the workspace. */
import { sql, type Transaction } from 'kysely';
import type { KnownCertificate, KnownList } from '../../workspace/stores/known-certificate.ts';
import { bytesOf, dateOf, dateOrUndefined, storable } from '../row-values.ts';
import type { Schema } from '../rows.ts';
import type { KnownCertificateRow, KnownListRow } from './rows.ts';

/** Far below the number of parameters that either database takes. */
const ROWS_AT_ONCE = 200;

export const SHOWN_COLUMNS = [
  'known_certificates.sha256',
  'subject_key',
  'issuer_key',
  'serial_number',
  'subject_key_identifier',
  'authority_key_identifier',
  'not_before',
  'not_after',
  'owner',
  'issuer_name',
  'organisation',
  'inn',
  'inn_le',
  'snils',
  'ogrn',
  'email',
  'algorithm',
  'is_ca',
  'is_self_issued',
] as const;

export type ShownRow = Omit<
  KnownCertificateRow,
  'der' | 'search_text' | 'owner_sort' | 'issuer_sort' | 'organisation_sort' | 'first_seen_at'
>;

export function shownOf(row: ShownRow): Omit<KnownCertificate, 'der' | 'searchText'> {
  return {
    sha256: row.sha256,
    subjectKey: row.subject_key,
    issuerKey: row.issuer_key,
    serialNumber: row.serial_number,
    subjectKeyIdentifier: row.subject_key_identifier ?? undefined,
    authorityKeyIdentifier: row.authority_key_identifier ?? undefined,
    notBefore: dateOf(row.not_before),
    notAfter: dateOf(row.not_after),
    owner: row.owner,
    issuerName: row.issuer_name,
    organisation: row.organisation,
    inn: row.inn ?? undefined,
    innLe: row.inn_le ?? undefined,
    snils: row.snils ?? undefined,
    ogrn: row.ogrn ?? undefined,
    email: row.email ?? undefined,
    algorithm: row.algorithm,
    isCa: row.is_ca === 1,
    isSelfIssued: row.is_self_issued === 1,
  };
}

export function knownOf(row: KnownCertificateRow): KnownCertificate {
  return { ...shownOf(row), der: bytesOf(row.der), searchText: row.search_text };
}

export async function insertKnown(
  transaction: Transaction<Schema>,
  certificates: readonly KnownCertificate[],
  now: Date,
): Promise<void> {
  for (let at = 0; at < certificates.length; at += ROWS_AT_ONCE) {
    await transaction
      .insertInto('known_certificates')
      .values(certificates.slice(at, at + ROWS_AT_ONCE).map((certificate) => rowOf(certificate, now)))
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
  }
}

export async function insertKnownList(
  transaction: Transaction<Schema>,
  list: KnownList,
  now: Date,
): Promise<void> {
  await transaction
    .insertInto('known_lists')
    .values({
      sha256: list.sha256,
      der: list.der,
      issuer_key: list.issuerKey,
      issuer_name: storable(list.issuerName),
      issuer_sort: sortKey(list.issuerName),
      authority_key_identifier: list.authorityKeyIdentifier ?? null,
      crl_number: list.number?.toString() ?? null,
      base_crl_number: list.baseNumber?.toString() ?? null,
      this_update: list.thisUpdate.getTime(),
      next_update: list.nextUpdate?.getTime() ?? null,
      size: list.der.length,
      entry_count: list.entryCount,
      entry_index: null,
      search_text: storable(list.searchText),
      first_seen_at: now.getTime(),
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}

export const LIST_COLUMNS = [
  'known_lists.sha256',
  'issuer_key',
  'issuer_name',
  'authority_key_identifier',
  'crl_number',
  'base_crl_number',
  'this_update',
  'next_update',
  'size',
  'entry_count',
] as const;

export function listOf(
  row: Omit<KnownListRow, 'der' | 'issuer_sort' | 'entry_index' | 'search_text' | 'first_seen_at'>,
): Omit<KnownList, 'der' | 'searchText'> {
  return {
    sha256: row.sha256,
    issuerKey: row.issuer_key,
    issuerName: row.issuer_name,
    authorityKeyIdentifier: row.authority_key_identifier ?? undefined,
    number: row.crl_number === null ? undefined : BigInt(row.crl_number),
    baseNumber: row.base_crl_number === null ? undefined : BigInt(row.base_crl_number),
    thisUpdate: dateOf(row.this_update),
    nextUpdate: dateOrUndefined(row.next_update),
    entryCount: row.entry_count,
  };
}

function rowOf(certificate: KnownCertificate, now: Date): KnownCertificateRow {
  return {
    sha256: certificate.sha256,
    der: certificate.der,
    subject_key: certificate.subjectKey,
    issuer_key: certificate.issuerKey,
    serial_number: certificate.serialNumber,
    subject_key_identifier: certificate.subjectKeyIdentifier ?? null,
    authority_key_identifier: certificate.authorityKeyIdentifier ?? null,
    not_before: certificate.notBefore.getTime(),
    not_after: certificate.notAfter.getTime(),
    owner: storable(certificate.owner),
    owner_sort: sortKey(certificate.owner),
    issuer_name: storable(certificate.issuerName),
    issuer_sort: sortKey(certificate.issuerName),
    organisation: storable(certificate.organisation),
    organisation_sort: sortKey(certificate.organisation),
    inn: storableOrNull(certificate.inn),
    inn_le: storableOrNull(certificate.innLe),
    snils: storableOrNull(certificate.snils),
    ogrn: storableOrNull(certificate.ogrn),
    email: storableOrNull(certificate.email),
    algorithm: certificate.algorithm,
    is_ca: certificate.isCa ? 1 : 0,
    is_self_issued: certificate.isSelfIssued ? 1 : 0,
    search_text: storable(certificate.searchText),
    first_seen_at: now.getTime(),
  };
}

function storableOrNull(text: string | undefined): string | null {
  return text === undefined ? null : storable(text);
}

/** Both databases compare it octet by octet: lower case, ё beside е, quotation marks do not count. */
function sortKey(text: string): string {
  return storable(text)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/["«»„“”']/g, '')
    .trim()
    .slice(0, 200);
}

/** `text like '%…%'` of the words as they are. */
export function containing(column: string, words: readonly string[]) {
  const conditions = words.map(
    (word) =>
      sql<boolean>`${sql.ref(column)} like ${`%${storable(word).replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
  );
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
