import { expect, test } from 'vitest';
import { createTestEnrolment, enrolPerson } from '../../../test/enrolled.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { openRealStore } from '../../../test/real-store.ts';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { createChecker } from '../../workspace/status/checker.ts';
import { describeCertificate } from '../../workspace/stores/describe-certificate.ts';

/** In seconds. */
const DAY = 86_400;

async function open() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const { service } = await createTestEnrolment(store, clock);
  const account = await enrolPerson(store, clock, 'ivanov');
  const { certificate } = await service.issueToFile({
    accountId: account.id,
    actor: { kind: 'command-line' },
  });
  const access = await store.workspace.findAccessCertificate(account.id);
  if (access === undefined) throw new TypeError();
  await store.workspace.rememberCertificate(account.id, describeCertificate(access.der), clock.now());
  const checker = createChecker({ port: store.checking, clock, logger: silentLogger });
  const status = async () => {
    await store.checking.sweepUnchecked(clock.now());
    await checker.checkDue();
    return await store.status.findStatus(account.id, access.sha256);
  };
  const problems = async () =>
    (await store.status.listProblems(account.id)).map(({ reason, detail }) => [reason, detail?.fixes]);
  return { store, clock, account, certificate, access, status, problems };
}

const replace = [{ kind: 'replace-access' }];

test('the certificate for signing in is valid by what this server knows, with its own authorities above it', async () => {
  const { status, problems, store, account } = await open();
  const found = await status();
  expect(found).toMatchObject({ state: 'valid', store: 'personal', detail: { facts: { isAccess: true } } });
  expect(found?.detail?.chain.map(({ name, isTrusted }) => [name, isTrusted])).toEqual([
    ['Propusk Root CA', true],
    ['Propusk Access CA', false],
    ['ivanov', false],
  ]);
  expect(await problems()).toEqual([]);
  expect(await store.status.countStates(account.id)).toMatchObject({ valid: 1, checking: 0 });
  const chain: readonly string[] = (found?.detail?.chain ?? []).map(({ sha256 }) => sha256);
  const known = await store.status.readKnown(account.id, chain as Sha256Fingerprint[]);
  expect(known.map(({ isHere }) => isHere)).toEqual([false, false, true]);
});

test('it ends soon, and then is over: both times it is replaced', async () => {
  const { status, problems, clock, certificate } = await open();
  clock.advance((certificate.notAfter.getTime() - clock.now().getTime()) / 1000 - 10 * DAY);
  expect(await status()).toMatchObject({ state: 'valid-expires-soon', reason: 'expires-soon' });
  expect(await problems()).toEqual([['expires-soon', replace]]);
  clock.advance(11 * DAY);
  expect(await status()).toMatchObject({ state: 'invalid', reason: 'expired' });
  expect(await problems()).toEqual([['expired', replace]]);
});

test('its revocation shows without waiting for its next turn; a replaced one is not shown any more', async () => {
  const { status, problems, clock, certificate, store, account } = await open();
  expect(await status()).toMatchObject({ state: 'valid' });
  clock.advance(60);
  await store.enrolment.revokeCertificate({
    certificateId: certificate.id,
    reason: 'keyCompromise',
    comment: undefined,
    actor: { kind: 'command-line' },
    now: clock.now(),
  });
  expect(await status()).toMatchObject({
    state: 'invalid',
    reason: 'revoked',
    detail: { facts: { at: clock.now().toISOString(), revocationReason: 'keyCompromise' } },
  });
  expect(await problems()).toEqual([['revoked', replace]]);
  await store.enrolment.allowDownload(account.id, { kind: 'command-line' }, clock.now());
  expect(await status()).toBeUndefined();
  expect(await problems()).toEqual([]);
});
