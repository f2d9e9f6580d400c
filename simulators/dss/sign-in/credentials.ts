import { unauthorized } from '../answer.ts';
import { type DssUser, findUser } from '../users.ts';
import type { Grant, Tokens } from './tokens.ts';

/** Who a header claims to be, whether that is true or not: for the faults of one person. */
export function claimedLogin(header: string | undefined, tokens: Tokens, now: Date): string | undefined {
  const basic = readBasic(header);
  if (basic) return findUser(basic.login)?.login ?? basic.login;
  const token = readBearer(header);
  return token === undefined ? undefined : tokens.find(token, now)?.login;
}

/** @throws {Refusal} 401 for an unknown or locked login and a wrong password: nobody is told which */
export function authenticateBasic(header: string | undefined): DssUser {
  const given = readBasic(header);
  const user = given && findUser(given.login);
  if (!user || user.locked || given.password !== user.password) throw unauthorized('Basic');
  return user;
}

/** @throws {Refusal} 401 for a token that is missing, unknown or dead */
export function authenticateBearer(
  header: string | undefined,
  tokens: Tokens,
  now: Date,
): { readonly user: DssUser; readonly grant: Grant } {
  const token = readBearer(header);
  const grant = token === undefined ? undefined : tokens.find(token, now);
  const user = grant && findUser(grant.login);
  if (!user || user.locked) throw unauthorized('Bearer');
  return { user, grant };
}

/** RFC 7617 with UTF-8; the password is what follows the first colon. */
function readBasic(header: string | undefined): { login: string; password: string } | undefined {
  const encoded = /^basic +([A-Za-z0-9+/=_-]*) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : { login: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function readBearer(header: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}
