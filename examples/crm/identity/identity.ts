import type { IncomingHttpHeaders } from 'node:http';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { createGateKeys } from './gate-keys.ts';

/** Who is at the other end, as the gate says. */
export interface Identity {
  readonly login: string;
  /** The name as people write it; the login where none came. */
  readonly name: string;
  /** `assertion`: signed by the gate and checked. `headers`: only as true as nobody else can reach this port. */
  readonly source: 'assertion' | 'headers';
}

export type IdentityResult =
  | { readonly kind: 'known'; readonly identity: Identity }
  /** Nobody said who it is: the request did not come through a gate. */
  | { readonly kind: 'unknown' }
  /** Somebody said it, but not the gate, or not for us, or long ago. */
  | { readonly kind: 'not-believed' }
  /** The gate's keys cannot be loaded, so nothing can be believed. */
  | { readonly kind: 'keys-unavailable' };

export interface IdentityOptions {
  /** Where the gate publishes its keys. Without it the headers are believed. */
  readonly jwksUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
}

export type IdentityReader = (headers: IncomingHttpHeaders) => Promise<IdentityResult>;

const CLOCK_TOLERANCE_SECONDS = 5;
const KEY_FAULTS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

export function createIdentityReader(options: IdentityOptions): IdentityReader {
  if (options.jwksUrl === undefined) return async (headers) => readHeaders(headers);
  const keys = createGateKeys(options.jwksUrl);
  return (headers) => readAssertion(headers, keys, options);
}

function readHeaders(headers: IncomingHttpHeaders): IdentityResult {
  const login = decodeHeader(headers['propusk-login']);
  if (login === undefined || login === '') return { kind: 'unknown' };
  const name = decodeHeader(headers['propusk-name']) || login;
  return { kind: 'known', identity: { login, name, source: 'headers' } };
}

async function readAssertion(
  headers: IncomingHttpHeaders,
  keys: JWTVerifyGetKey,
  { issuer, audience }: IdentityOptions,
): Promise<IdentityResult> {
  const assertion = headers['propusk-assertion'];
  if (typeof assertion !== 'string') return { kind: 'unknown' };
  let claims: JWTPayload;
  try {
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['ES256', 'EdDSA', 'RS256', 'PS256'],
      requiredClaims: ['exp', 'sub', 'login'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    });
    claims = payload;
  } catch (error) {
    return { kind: isTokenFault(error) ? 'not-believed' : 'keys-unavailable' };
  }
  if (typeof claims.login !== 'string' || claims.login === '') return { kind: 'not-believed' };
  const { login } = claims;
  // The header only adds the name to print, and only where it speaks of the same person.
  const told = readHeaders(headers);
  const toldName = told.kind === 'known' && told.identity.login === login ? told.identity.name : login;
  const name = typeof claims.name === 'string' && claims.name !== '' ? claims.name : toldName;
  return { kind: 'known', identity: { login, name, source: 'assertion' } };
}

/** A wrong token is its sender's fault; keys that do not load or are no keys are not. */
function isTokenFault(error: unknown): boolean {
  return error instanceof errors.JOSEError && !KEY_FAULTS.has(error.code);
}

/** Percent-encoded UTF-8, because a header carries ASCII only. */
function decodeHeader(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
