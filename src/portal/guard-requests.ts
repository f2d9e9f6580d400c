import type { IncomingHttpHeaders } from 'node:http';
import { requireCsrfToken } from '../http/csrf.ts';
import { requireSameOrigin } from '../http/origin.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { PortalOptions } from './options.ts';
import { csrfSubjectOf } from './visitor.ts';

interface GuardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Before anything else of a request is looked at: whatever changes something comes from our own pages, and shows the
 * token that only they can read. Reading the API is for our own pages as well, or for a person who types its address.
 *
 * @throws {ProblemError} `origin-forbidden`, `csrf-token`
 */
export function guardRequest(
  { origin, secret }: Pick<PortalOptions, 'origin' | 'secret'>,
  request: GuardedRequest,
): void {
  const { headers } = request;
  if (isReading(request)) {
    const site = headers['sec-fetch-site'];
    const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (isApi(request) && isFromElsewhere) throw new ProblemError('origin-forbidden');
    return;
  }
  requireSameOrigin(headers, origin);
  const subject = csrfSubjectOf(request);
  if (subject === undefined) throw new ProblemError('csrf-token');
  requireCsrfToken(headers, subject, secret);
}

export function isReading({ method }: Pick<GuardedRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

export function isApi({ url }: Pick<GuardedRequest, 'url'>): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}
