import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { ApplicationId, Sha256Fingerprint } from '../kernel/brand.ts';
import type { Entry } from './ports.ts';

export const ASSERTION_LIFETIME_SECONDS = 60;

/**
 * Connections of one browser that are opened together share an assertion: a signature is dear beside one request. A
 * connection keeps what it got for 30 s more, which is within the 60.
 */
const REUSE_SECONDS = 15;
/** People at work within that time; past it the memory is emptied. */
const REMEMBERED_MAX = 10_000;

export interface AssertionSigner {
  /** A JWT (RFC 7519) about a permitted entry, for one application. */
  sign(entry: Entry, certificate: Sha256Fingerprint, audience: ApplicationId, now: Date): string;
  /** The JSON Web Key Set (RFC 7517) with the public key, for `/.propusk/jwks.json`. */
  readonly jwks: Buffer;
}

/**
 * ES256. `cnf.x5t#S256` (RFC 8705, section 3.1) ties the assertion to the certificate of the connection.
 * @throws {TypeError} when the key is no private key on P-256
 */
export function createAssertionSigner(issuer: string, key: KeyObject): AssertionSigner {
  if (key.type !== 'private' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('the assertion key is not a private key on P-256');
  }
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  // RFC 7638: the required members in lexicographic order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const header = encode({ alg: 'ES256', kid, typ: 'JWT' });
  const made = new Map<string, { readonly issuedAt: number; readonly assertion: string }>();
  return {
    jwks: Buffer.from(JSON.stringify({ keys: [{ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }] })),
    sign(entry, certificate, audience, now) {
      const issuedAt = Math.floor(now.getTime() / 1_000);
      const about = JSON.stringify([audience, entry.accountId, entry.login, entry.displayName, certificate]);
      const earlier = made.get(about);
      if (earlier !== undefined && Math.abs(issuedAt - earlier.issuedAt) < REUSE_SECONDS)
        return earlier.assertion;
      const payload = encode({
        iss: issuer,
        aud: audience,
        sub: entry.accountId,
        login: entry.login,
        name: entry.displayName,
        iat: issuedAt,
        exp: issuedAt + ASSERTION_LIFETIME_SECONDS,
        cnf: { 'x5t#S256': Buffer.from(certificate, 'hex').toString('base64url') },
      });
      const input = `${header}.${payload}`;
      const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
      const assertion = `${input}.${signature.toString('base64url')}`;
      if (made.size >= REMEMBERED_MAX) made.clear();
      made.set(about, { issuedAt, assertion });
      return assertion;
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
