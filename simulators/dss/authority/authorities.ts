import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Issuer } from './issue.ts';

/** Of a file that make-fixtures.sh made. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

export function readFixture(name: string): Buffer {
  return readFileSync(fixturePath(name));
}

export function readFixtureCertificate(name: string): X509Certificate {
  return new X509Certificate(readFixture(name));
}

function readIssuer(name: string): Issuer {
  return {
    certificate: readFixtureCertificate(`${name}.pem`),
    privateKey: createPrivateKey(readFixture(`${name}-key.pem`)),
  };
}

export const RSA_ROOT = readIssuer('rsa-root');
export const RSA_ISSUING = readIssuer('rsa-issuing');
export const GOST_ROOT = readFixtureCertificate('gost-root.pem');
export const GOST_ISSUING = readFixtureCertificate('gost-issuing.pem');
/** Answers for the GOST authority with an RSA key, as that authority's certificate lets it (RFC 6960, 4.2.2.2). */
export const GOST_RESPONDER = readIssuer('gost-responder');

const PRIVATE_KEY = /-----BEGIN (?:RSA )?PRIVATE KEY-----[^-]+-----END (?:RSA )?PRIVATE KEY-----/g;
const pool = (readFixture('rsa-keys.pem').toString('latin1').match(PRIVATE_KEY) ?? []).map((pem) =>
  createPrivateKey(pem),
);

/** The key number `index` of the pool; it begins anew after the last. */
export function rsaKey(index: number): KeyObject {
  const key = pool[index % pool.length];
  if (!key) throw new Error('the pool of keys is empty: run authority/make-fixtures.sh');
  return key;
}
