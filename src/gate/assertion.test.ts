import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { AccountId, ApplicationId, SessionId, Sha256Fingerprint } from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';
import { ASSERTION_LIFETIME_SECONDS, createAssertionSigner } from './assertion.ts';
import { makeIdentityHeaders, stillHolds } from './identity-headers.ts';
import type { Entry } from './ports.ts';

const ISSUER = 'https://id.example.org';
const CRM = 'crm' as ApplicationId;
const NOW = new Date('2026-11-22T12:00:00Z');
const FINGERPRINT = 'a'.repeat(64) as Sha256Fingerprint;
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const entry: Entry = {
  sessionId: 'session' as SessionId,
  accountId: 'account' as AccountId,
  login: 'ivanov' as Login,
  displayName: 'Иванов Иван',
  account: { status: 'active' },
  current: {
    kind: 'issued',
    sha256Fingerprint: FINGERPRINT,
    status: 'active',
    notBefore: inSeconds(-600),
    notAfter: inSeconds(86_400),
  },
  currentCertificateId: undefined,
  lastSeenAt: NOW,
};

function newSigner() {
  return createAssertionSigner(ISSUER, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}

describe('an assertion', () => {
  test('verifies with the published keys and says who it is, for whom, and with which certificate', async () => {
    const signer = newSigner();
    const keys = createLocalJWKSet(JSON.parse(signer.jwks.toString('utf8')));
    const { payload } = await jwtVerify(signer.sign(entry, FINGERPRINT, CRM, NOW), keys, {
      issuer: ISSUER,
      audience: CRM,
      currentDate: NOW,
    });
    expect(payload).toMatchObject({
      sub: 'account',
      login: 'ivanov',
      name: 'Иванов Иван',
      exp: NOW.getTime() / 1_000 + ASSERTION_LIFETIME_SECONDS,
      cnf: { 'x5t#S256': Buffer.from(FINGERPRINT, 'hex').toString('base64url') },
    });
  });

  test('is shared by connections that are opened together, and made anew after 15 seconds', () => {
    const signer = newSigner();
    const first = signer.sign(entry, FINGERPRINT, CRM, NOW);
    expect(signer.sign(entry, FINGERPRINT, CRM, inSeconds(14))).toBe(first);
    expect(signer.sign(entry, FINGERPRINT, CRM, inSeconds(15))).not.toBe(first);
  });

  test('is made anew when the clock was set back', () => {
    const signer = newSigner();
    const first = signer.sign(entry, FINGERPRINT, CRM, NOW);
    expect(signer.sign(entry, FINGERPRINT, CRM, inSeconds(-3_600))).not.toBe(first);
  });

  test.each<[string, Parameters<ReturnType<typeof newSigner>['sign']>]>([
    ['another account', [{ ...entry, accountId: 'other' as AccountId }, FINGERPRINT, CRM, NOW]],
    ['another login', [{ ...entry, login: 'petrov' as Login }, FINGERPRINT, CRM, NOW]],
    ['another name', [{ ...entry, displayName: 'Пётр' }, FINGERPRINT, CRM, NOW]],
    ['another certificate', [entry, 'b'.repeat(64) as Sha256Fingerprint, CRM, NOW]],
    ['another application', [entry, FINGERPRINT, 'wiki' as ApplicationId, NOW]],
  ])('is never shared with %s', (_, others) => {
    const signer = newSigner();
    const first = signer.sign(entry, FINGERPRINT, CRM, NOW);
    expect(signer.sign(...others)).not.toBe(first);
  });
});

describe('the identity of a connection', () => {
  test('is used again for 30 seconds, and not after the clock was set back', () => {
    const made = makeIdentityHeaders(entry, CRM, newSigner(), NOW);
    const holdsAt = (seconds: number) => stillHolds(made, entry, CRM, inSeconds(seconds).getTime());
    expect([holdsAt(0), holdsAt(29), holdsAt(30), holdsAt(-1)]).toEqual([true, true, false, false]);
  });
});
