import { formatSetCookie } from '../http/cookies.ts';
import { hashToken, makeToken } from '../kernel/random.ts';
import type { GateContext, GateHost } from './context.ts';
import type { RequestFields } from './proxy/request-headers.ts';
import { BINDING_COOKIE, readToken } from './session-cookie.ts';

/** How long the way through the portal may take: a certificate may be issued and installed on it. */
const ENTRY_REQUEST_SECONDS = 3_600;
const RETURN_PATH_MAX = 2_048;

export interface EntryRequest {
  /** For the portal's address. */
  readonly requestToken: string;
  /** A Set-Cookie field: only this browser can come back with what the portal gives it. */
  readonly bindingCookie: string;
}

/** Seals where the person wanted to go into the address, before the way leads over the portal. */
export function createEntryRequest(
  context: GateContext,
  request: { readonly fields: RequestFields; readonly host: GateHost; readonly path: string },
): EntryRequest {
  const { fields, host, path } = request;
  const { application } = host;
  // Pages opened in parallel share the browser's random: each gets its own request, and none spoils another's.
  const binding = readToken(fields.cookie, BINDING_COOKIE) ?? makeToken(context.random);
  const requestToken = context.entryTokens.seal({
    applicationId: application.id,
    bindingHash: hashToken(binding),
    returnPath: returnPathOf(path, application.homePath),
    expiresAt: new Date(context.clock.now().getTime() + ENTRY_REQUEST_SECONDS * 1_000),
  });
  const bindingCookie = formatSetCookie({
    name: BINDING_COOKIE,
    value: binding,
    maxAgeSeconds: ENTRY_REQUEST_SECONDS,
  });
  return { requestToken, bindingCookie };
}

/** Path and query only: the origin is fixed, so the way back can lead nowhere else. */
export function returnPathOf(path: string, homePath: string): string {
  return path.length <= RETURN_PATH_MAX ? path : homePath;
}
