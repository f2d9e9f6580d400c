/** How rows are put together in groups: the groups and the rows stand in the same order, so that each knows its place. */
import { type RawBuilder, sql } from 'kysely';
import type { CertificateGroup, CertificateQuery, GroupBy } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { foundEntries } from './entries.ts';

/** As many as one account has certificates: each may have an owner of its own. */
const GROUPS_MAX = 10_000;

interface Grouping {
  readonly value: RawBuilder<string>;
  readonly title: RawBuilder<string>;
  readonly sort: RawBuilder<string | number>;
}

const state = sql<string>`coalesce(${sql.ref('certificate_checks.state')}, 'checking')`;
const store = sql<string>`${sql.ref('entries.store')}`;
const column = (name: string) => sql<string>`${sql.ref(name)}`;

const GROUPINGS: Readonly<Record<GroupBy, Grouping>> = {
  store: {
    value: store,
    title: store,
    sort: sql<number>`case ${store} when 'personal' then 1 when 'others' then 2 else 3 end`,
  },
  owner: { value: column('owner_sort'), title: column('owner'), sort: column('owner_sort') },
  issuer: { value: column('issuer_key'), title: column('issuer_name'), sort: column('issuer_sort') },
  // What needs attention first.
  status: {
    value: state,
    title: state,
    sort: sql<number>`case ${state} when 'invalid' then 1 when 'unknown' then 2 when 'valid-expires-soon' then 3 when 'checking' then 4 else 5 end`,
  },
  organisation: {
    value: column('organisation'),
    title: column('organisation'),
    sort: column('organisation_sort'),
  },
  algorithm: { value: column('algorithm'), title: column('algorithm'), sort: column('algorithm') },
};

/** What rows are ordered by before anything else. Names of one issuer may be written in several ways. */
export function groupOrder(by: GroupBy): readonly RawBuilder<unknown>[] {
  const { value, sort } = GROUPINGS[by];
  return [sql`min(${sort}) over (partition by ${value})`, value];
}

export async function groupCertificates(
  { reader }: Pick<StoreContext, 'reader'>,
  query: CertificateQuery,
  by: GroupBy,
): Promise<readonly CertificateGroup[]> {
  const { value, title, sort } = GROUPINGS[by];
  const rows = await foundEntries(reader, query)
    .select((eb) => [
      value.as('value'),
      sql<string>`min(${title})`.as('title'),
      eb.fn.countAll<number | string>().as('count'),
    ])
    .groupBy(value)
    .orderBy(sql`min(${sort})`)
    .orderBy(value)
    .limit(GROUPS_MAX)
    .execute();
  return rows.map((row) => ({ value: row.value, title: row.title, count: Number(row.count) }));
}
