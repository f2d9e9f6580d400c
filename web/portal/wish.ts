/** Pages that somebody may open before signing in and is led to afterwards; no address is ever taken from a link. */
const PAGES = ['replace', 'choose-again', 'certificate'] as const;

/** What the sign-in page and the one for a first password are told about the time after them, in their addresses. */
export interface WishSearch {
  /** From an application: sealed by the gate, opened by the server. It wins over a page. */
  readonly request?: string;
  readonly page?: (typeof PAGES)[number];
  /** Of the page: ids, never addresses. */
  readonly decision?: string;
  readonly application?: string;
}

/** Addresses are written by anybody: only a text of a sensible length counts. */
export function searchText(value: unknown, maxLength = 128): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength ? value : undefined;
}

/** Of an address of the sign-in page: what is known of it, and nothing else. */
export function parseWish(search: Readonly<Record<string, unknown>>): WishSearch {
  const request = searchText(search.request, 4_096);
  if (request !== undefined) return { request };
  const page = PAGES.find((known) => known === search.page);
  if (page === undefined) return {};
  const [decision, application] = [searchText(search.decision), searchText(search.application)];
  return {
    page,
    ...(decision !== undefined && { decision }),
    ...(application !== undefined && { application }),
  };
}

/** What a page that needs a session keeps while the person signs in. */
export function wishOf(pathname: string, search: object): WishSearch {
  return parseWish({ ...search, page: pathname.slice(1) });
}

/** Where the wish leads once the person is signed in. Undefined: none was kept. */
export function wishedAddress({ request, page, decision, application }: WishSearch): string | undefined {
  if (request !== undefined) return `/enter?${new URLSearchParams({ request })}`;
  if (page === undefined) return undefined;
  const query = new URLSearchParams({
    ...(decision !== undefined && { decision }),
    ...(application !== undefined && { application }),
  }).toString();
  return query === '' ? `/${page}` : `/${page}?${query}`;
}
