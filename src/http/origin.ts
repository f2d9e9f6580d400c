import { ProblemError } from '../kernel/problem.ts';

export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type OriginCheck =
  | { readonly kind: 'same-origin' }
  | { readonly kind: 'refused'; readonly why: 'origin' | 'sec-fetch-site' | 'neither-sent' };

/**
 * Whether a request that changes something comes from a page of `ownOrigin`. Origin decides where it is sent (every
 * browser sends it with POST); Sec-Fetch-Site must not contradict it. Neither: refused, the unset value is the safe one.
 */
export function checkSameOrigin(headers: RequestHeaders, ownOrigin: string): OriginCheck {
  const origin = headers.origin;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && origin !== ownOrigin) return { kind: 'refused', why: 'origin' };
  if (site !== undefined && site !== 'same-origin') return { kind: 'refused', why: 'sec-fetch-site' };
  if (origin === undefined && site === undefined) return { kind: 'refused', why: 'neither-sent' };
  return { kind: 'same-origin' };
}

/** @throws {ProblemError} `origin-forbidden` */
export function requireSameOrigin(headers: RequestHeaders, ownOrigin: string): void {
  if (checkSameOrigin(headers, ownOrigin).kind !== 'same-origin') throw new ProblemError('origin-forbidden');
}

/**
 * What the browser will do with the answer (Fetch Metadata). `document`: replace the whole page, so it may be led
 * elsewhere; `frame`: show it inside a page; `form`: a page whose request had a body, which a redirect would lose;
 * `none`: hand it to a script, or it is no browser.
 */
export type NavigationKind = 'document' | 'frame' | 'form' | 'none';

export function navigationKind(method: string, headers: RequestHeaders): NavigationKind {
  const mode = headers['sec-fetch-mode'];
  const safe = method === 'GET' || method === 'HEAD';
  if (mode === undefined) {
    if (headers['sec-fetch-dest'] !== undefined || headers['sec-fetch-site'] !== undefined) return 'none';
    const accept = headers.accept;
    if (typeof accept !== 'string' || !accept.includes('text/html')) return 'none';
    return safe ? 'document' : 'form';
  }
  if (mode !== 'navigate') return 'none';
  if (!safe) return 'form';
  const destination = headers['sec-fetch-dest'];
  return destination === undefined || destination === 'document' ? 'document' : 'frame';
}
