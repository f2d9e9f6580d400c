/** What the gate tells this script: `GET /.propusk/menu.json`. */
export interface MenuData {
  readonly login: string;
  readonly name: string;
  readonly notAfter: string;
  readonly now: string;
  readonly noticeDays: number;
  readonly position: Corner;
  readonly defaultLocale: Language;
  readonly home: string;
}

export type Language = 'ru' | 'en';
export type Corner = 'top-right' | 'top-left' | 'bottom-right' | 'bottom-left';

export type Standing =
  | { readonly kind: 'permitted'; readonly data: MenuData }
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer, or one that is not the gate's: nothing is known. */
  | { readonly kind: 'unknown' };

export const DATA_PATH = '/.propusk/menu.json';

/** @param ownFetch the browser's own function, taken before the page could put another in its place */
export async function askStanding(ownFetch: typeof fetch): Promise<Standing> {
  try {
    const response = await ownFetch(location.origin + DATA_PATH, {
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'same-origin',
    });
    const body: unknown = await response.json();
    if (response.ok) return readData(body);
    const code = textOf(body, 'code');
    const isOurs = code !== undefined && textOf(body, 'type') === `urn:propusk:problem:${code}`;
    return isOurs && (response.status === 401 || response.status === 403)
      ? { kind: 'refused', code }
      : { kind: 'unknown' };
  } catch {
    return { kind: 'unknown' };
  }
}

function readData(body: unknown): Standing {
  const login = textOf(body, 'login');
  const notAfter = textOf(body, 'notAfter');
  // The gate and this script are of one version, or the page is older than the gate: the rest has the same form.
  return login === undefined || notAfter === undefined
    ? { kind: 'unknown' }
    : { kind: 'permitted', data: body as MenuData };
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : undefined;
}
