import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../kernel/problem.ts';
import type { RequestHeaders } from './origin.ts';

/** A token that only a page of this session can know: HMAC-SHA-256 of the session's token under the server's key. */
export function makeCsrfToken(sessionToken: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`csrf:${sessionToken}`, 'utf8').digest('base64url');
}

/**
 * The token comes in the header `X-CSRF-Token`.
 * @throws {ProblemError} `csrf-token`
 */
export function requireCsrfToken(headers: RequestHeaders, sessionToken: string, key: Uint8Array): void {
  const given = headers['x-csrf-token'];
  const expected = Buffer.from(makeCsrfToken(sessionToken, key));
  const actual = Buffer.from(typeof given === 'string' ? given : '');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new ProblemError('csrf-token');
  }
}
