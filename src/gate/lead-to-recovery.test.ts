import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemRandom } from '../kernel/random.ts';
import { createRecoveryProofs } from './recovery-proof.ts';
import { type GateLab, openGateLab, PORTAL_ORIGIN } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());

const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const ask = (certificate: GateLab['cast']['ivanov'] | null, headers: Record<string, string> = navigation) =>
  lab.request({ path: '/.propusk/recover', certificate, headers });

test('who has forgotten the password takes a proof of the certificate of this very connection to the portal', async () => {
  const { ivanov, petrov } = lab.cast;
  for (const person of [ivanov, petrov]) {
    const answer = await ask(person);
    expect(answer.status).toBe(303);
    const address = new URL(String(answer.headers.location));
    expect(address.origin + address.pathname).toBe(`${PORTAL_ORIGIN}/recover`);
    const proof = address.searchParams.get('proof') ?? '';
    expect(lab.recoveryProofs.open(proof, lab.clock.now())).toBe(person.sha256Fingerprint);
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test('a browser that shows no certificate gets none', async () => {
  expect((await ask(null)).headers.location).toBe(`${PORTAL_ORIGIN}/recover?proof=none`);
});

test('only a navigation is led, no picture and no script', async () => {
  const answer = await ask(lab.cast.ivanov, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' });
  expect(answer.status).toBe(403);
});

test('a proof is worth nothing after a quarter of an hour, changed, or from another installation', () => {
  const now = new Date('2026-11-22T09:30:00Z');
  const proofs = createRecoveryProofs(systemRandom.bytes(32), systemRandom);
  const fingerprint = lab.cast.ivanov.sha256Fingerprint;
  const proof = proofs.seal(fingerprint, now);
  expect(proofs.open(proof, new Date(now.getTime() + 899_999))).toBe(fingerprint);
  expect(proofs.open(proof, new Date(now.getTime() + 900_000))).toBeUndefined();
  expect(proofs.open(`${proof.startsWith('A') ? 'B' : 'A'}${proof.slice(1)}`, now)).toBeUndefined();
  expect(createRecoveryProofs(systemRandom.bytes(32), systemRandom).open(proof, now)).toBeUndefined();
});
