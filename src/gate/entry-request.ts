import { addressGroup } from '../http/client-address.ts';
import { formatSetCookie } from '../http/cookies.ts';
import { hashToken, makeToken } from '../kernel/random.ts';
import type { GateContext, GateHost } from './context.ts';
import type { Exchange } from './exchange.ts';
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

/** Remembers where the person wanted to go, before the way leads over the portal. Undefined: too many at once. */
export async function createEntryRequest(
  context: GateContext,
  request: {
    readonly exchange: Exchange;
    readonly fields: RequestFields;
    readonly host: GateHost;
    readonly path: string;
  },
): Promise<EntryRequest | undefined> {
  const { exchange, fields, host, path } = request;
  const { application } = host;
  const now = context.clock.now();
  const group = addressGroup(exchange.connection.address);
  if (!context.entryRequests.take(group, now.getTime())) return undefined;
  // Pages opened in parallel share the browser's random: each gets its own request, and none spoils another's.
  const binding = readToken(fields.cookie, BINDING_COOKIE) ?? makeToken(context.random);
  const requestToken = makeToken(context.random);
  await context.port.createEntryRequest({
    requestHash: hashToken(requestToken),
    bindingHash: hashToken(binding),
    applicationId: application.id,
    returnPath: returnPathOf(path, application.homePath),
    now,
    expiresAt: new Date(now.getTime() + ENTRY_REQUEST_SECONDS * 1_000),
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
