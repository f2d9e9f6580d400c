import type { IncomingHttpHeaders } from 'node:http';
import { requireSameOrigin } from '../http/origin.ts';
import { ProblemError } from '../kernel/problem.ts';

interface GuardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A page of another origin cannot send it without asking first (Fetch, "CORS-preflight fetch"), and is never allowed to. */
const OWN_HEADER = 'x-propusk-console';

/**
 * Before anything else of a request is looked at: whatever changes something comes from our own pages. The gate's cookie
 * is `SameSite=Lax`, so a foreign page's POST has not even come this far; this is the second wall.
 *
 * @throws {ProblemError} `origin-forbidden`, `csrf-token`
 */
export function guardRequest(origin: string, request: GuardedRequest): void {
  const { headers } = request;
  if (isReading(request)) {
    const site = headers['sec-fetch-site'];
    const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (isApi(request) && isFromElsewhere) throw new ProblemError('origin-forbidden');
    return;
  }
  requireSameOrigin(headers, origin);
  if (headers[OWN_HEADER] !== '1') throw new ProblemError('csrf-token');
}

export function isReading({ method }: Pick<GuardedRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

export function isApi({ url }: Pick<GuardedRequest, 'url'>): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}
