import { isTicketStatus, SORT_KEYS, type TicketFilter } from './data/ticket.ts';

export const DEFAULT_FILTER: TicketFilter = {
  status: 'open',
  text: '',
  sort: 'updated',
  descending: true,
  page: 1,
};

const TEXT_MAX_CHARACTERS = 100;

/** What is not understood becomes the default: an old link still shows a list. */
export function parseListQuery(query: URLSearchParams): TicketFilter {
  const status = query.get('status');
  const page = Number(query.get('page') ?? 1);
  return {
    status: isTicketStatus(status) || status === 'all' ? status : DEFAULT_FILTER.status,
    text: (query.get('q') ?? '').slice(0, TEXT_MAX_CHARACTERS),
    sort: SORT_KEYS.find((key) => key === query.get('sort')) ?? DEFAULT_FILTER.sort,
    descending: query.get('dir') !== 'asc',
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** The inverse; says only what differs from the default, so that the home page is `/`. */
export function formatListQuery(filter: TicketFilter): string {
  const query = new URLSearchParams();
  if (filter.status !== DEFAULT_FILTER.status) query.set('status', filter.status);
  if (filter.text !== '') query.set('q', filter.text);
  if (filter.sort !== DEFAULT_FILTER.sort) query.set('sort', filter.sort);
  if (!filter.descending) query.set('dir', 'asc');
  if (filter.page !== 1) query.set('page', String(filter.page));
  return query.size === 0 ? '' : `?${query}`;
}
