import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Sorting } from '../table/column.ts';
import type { Filters } from './workspace-api.ts';

/** What leaves some of the rows, besides the store. */
const NARROWING = ['q', 'state', 'ends', 'source', 'issuer', 'organisation', 'algorithm'];
const KNOWN = ['store', ...NARROWING, 'sort', 'direction'];
export const GROUPS = ['store', 'owner', 'issuer', 'status', 'organisation', 'algorithm'] as const;
export type GroupBy = (typeof GROUPS)[number];

/** Filters stand in the address: it can be kept, sent, and gone back to. */
export function useFilters() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters: Filters = Object.fromEntries(
    KNOWN.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
    }),
  );
  const { sort, direction } = filters;
  const sorting: Sorting = {
    column: sort ?? 'owner',
    direction: direction === 'descending' ? 'descending' : 'ascending',
  };
  const group = GROUPS.find((each) => each === search.group);
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    const next: Record<string, string> = { ...filters, ...(group && { group }) };
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') delete next[name];
      else next[name] = value;
    }
    void navigate({ to: '/certificates', search: next, replace: true });
  };
  const clear = () => set(Object.fromEntries(NARROWING.map((name) => [name, undefined])));
  const isNarrowed = NARROWING.some((name) => filters[name] !== undefined);
  return { filters, sorting, group, set, clear, isNarrowed };
}
