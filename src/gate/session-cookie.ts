import { readCookie, withoutCookies } from '../http/cookies.ts';
import type { TokenHash } from '../kernel/brand.ts';
import { hashToken } from '../kernel/random.ts';

export const SESSION_COOKIE = '__Host-propusk-session';
export const BINDING_COOKIE = '__Host-propusk-binding';
export const RETRY_COOKIE = '__Host-propusk-retry';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What a Cookie field says to us, and what of it the application may see. */
export interface SessionCookie {
  readonly header: string;
  readonly tokenHash: TokenHash | undefined;
  readonly forApplication: string | undefined;
}

export function readSessionCookie(header: string): SessionCookie {
  const token = readToken(header, SESSION_COOKIE);
  return {
    header,
    tokenHash: token === undefined ? undefined : hashToken(token),
    forApplication: withoutCookies(header, isOurCookie),
  };
}

/** Undefined also for a value that we cannot have set. */
export function readToken(header: string | undefined, name: string): string | undefined {
  const value = readCookie(header, name);
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}

export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

/** Browsers match the prefix without regard to case (RFC 6265bis, section 4.1.3); so is it kept from both sides. */
export function isOurCookie(name: string): boolean {
  return name.toLowerCase().startsWith('__host-propusk-');
}
