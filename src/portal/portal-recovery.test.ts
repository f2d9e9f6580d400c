import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { openPortalLab } from '../../test/portal-lab.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';

const OWN = 'семь холодных вечеров';
const MACHINE = { kind: 'command-line' } as const;

async function open() {
  const lab = await openPortalLab();
  const { store, clock, service, recoveryProofs } = lab;
  // Signed in elsewhere: this session has to end.
  const { account, browser: elsewhere } = await lab.openAs('ivanov');
  await service.issue(account.id, { kind: 'account', accountId: account.id });
  const { current } = await store.enrolment.readEnrolment(account.id);
  if (current === undefined) throw new Error('no certificate');
  await lab.messages();
  const browser = await lab.openBrowser();
  const proof = recoveryProofs.seal(current.sha256Fingerprint, clock.now());
  const send = (from = proof) => browser.post('/api/recovery/code', { proof: from });
  const recover = (code: string, password = OWN, from = proof) =>
    browser.post('/api/recovery', { proof: from, code, password });
  /** The code of the message that was sent just now. */
  const readCode = async () => {
    const [message] = await lab.messages();
    return /(\d{4} \d{4})$/.exec(message?.text ?? '')?.[1] ?? '';
  };
  const signIn = async (password: string) =>
    (await (await lab.openBrowser()).post('/api/sign-in', { login: CAST.ivanov.login, password })).status;
  const typesOf = async () => (await store.audit.listEvents({ limit: 4 })).map(({ event }) => event.type);
  return { ...lab, account, current, elsewhere, proof, send, recover, readCode, signIn, typesOf };
}

describe('a forgotten password', () => {
  test('is replaced by whoever presents the certificate and has the telephone; its owner is told', async () => {
    const { send, recover, readCode, signIn, elsewhere, messages, account, typesOf } = await open();
    expect((await send()).json()).toEqual({ login: 'ivanov', phone: '…47-12' });
    expect((await recover(await readCode())).status).toBe(204);
    expect(await signIn(OWN)).toBe(200);
    expect(await signIn(CAST.ivanov.password)).toBe(401);
    expect((await elsewhere.get('/api/session')).json().account).toBeNull();
    const told = await messages();
    expect(told.map(({ to }) => to)).toEqual(expect.arrayContaining([account.phone]));
    expect(told.some(({ text }) => text.includes('Не вы?'))).toBe(true);
    expect(told.every(({ text }) => !text.includes(OWN))).toBe(true);
    expect(await typesOf()).toContain('signed-in');
  });

  test('leaves its traces in the journal', async () => {
    const { send, recover, readCode, typesOf } = await open();
    await send();
    const code = await readCode();
    await recover('0000 0000');
    await recover(code);
    const types = await typesOf();
    expect(types).toEqual([
      'session-ended',
      'account-password-recovered',
      'account-recovery-code-wrong',
      'message-delivered',
    ]);
  });

  test('is not replaced twice with one code', async () => {
    const { send, recover, readCode, signIn } = await open();
    await send();
    const code = await readCode();
    await recover(code);
    const again = await recover(code, 'другой длинный пароль');
    expect(again.json()).toMatchObject({ code: 'recovery-code-wrong' });
    expect(await signIn(OWN)).toBe(200);
  });

  test('is not replaced with the code alone, nor with the certificate alone', async () => {
    const { send, recover, readCode, signIn, recoveryProofs, clock, current } = await open();
    await send();
    const code = await readCode();
    for (const from of ['none', 'x'.repeat(200)]) {
      expect((await recover(code, OWN, from)).json()).toMatchObject({ code: 'recovery-not-possible' });
      expect((await send(from)).json()).toMatchObject({ code: 'recovery-not-possible' });
    }
    // The code belongs to the proof that it was sent for.
    const other = recoveryProofs.seal(current.sha256Fingerprint, clock.now());
    expect((await recover(code, OWN, other)).json()).toMatchObject({ code: 'recovery-code-wrong' });
    expect(await signIn(CAST.ivanov.password)).toBe(200);
  });

  test('five wrong codes are the end for a while, also of the right one', async () => {
    const { send, recover, readCode, clock, recoveryProofs, current } = await open();
    await send();
    const code = await readCode();
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect((await recover(`1111 111${wrong}`)).json()).toMatchObject({ code: 'recovery-code-wrong' });
    }
    const refused = await recover(code);
    expect(refused.json()).toMatchObject({ code: 'throttled' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    clock.advance(901);
    const proof = recoveryProofs.seal(current.sha256Fingerprint, clock.now());
    await send(proof);
    expect((await recover(await readCode(), OWN, proof)).status).toBe(204);
  });

  test('no second code is sent within a minute', async () => {
    const { send, messages } = await open();
    await send();
    expect((await send()).json()).toMatchObject({ code: 'throttled' });
    expect(await messages()).toHaveLength(1);
  });

  test('a weak password does not spend the code', async () => {
    const { send, recover, readCode } = await open();
    await send();
    const code = await readCode();
    expect((await recover(code, 'short')).json()).toMatchObject({ code: 'password-invalid' });
    expect((await recover(code)).status).toBe(204);
  });

  test('a proof is too old after a quarter of an hour', async () => {
    const { send, recover, readCode, clock } = await open();
    await send();
    const code = await readCode();
    clock.advance(900);
    expect((await recover(code)).json()).toMatchObject({ code: 'recovery-not-possible' });
  });

  test.each<[string, (lab: Awaited<ReturnType<typeof open>>) => Promise<unknown>]>([
    [
      'revoked',
      ({ store, current, clock }) =>
        store.enrolment.revokeCertificate({
          certificateId: current.id,
          reason: 'keyCompromise',
          comment: undefined,
          actor: MACHINE,
          now: clock.now(),
        }),
    ],
    [
      'of somebody blocked',
      ({ store, account, clock }) =>
        store.accounts.setAccountStatus(account.id, 'blocked', MACHINE, clock.now()),
    ],
    [
      'of somebody whose number was changed just now',
      ({ store, account, clock }) =>
        store.accountAdministration.changePhone({
          id: account.id,
          phone: '+79990000000' as PhoneNumber,
          actor: MACHINE,
          now: clock.now(),
          holdSeconds: 86_400,
          notices: () => [],
        }),
    ],
    [
      'that was replaced',
      async ({ store, account, clock, service, current }) => {
        await store.enrolment.revokeCertificate({
          certificateId: current.id,
          reason: 'superseded',
          comment: undefined,
          actor: MACHINE,
          now: clock.now(),
        });
        await store.enrolment.allowDownload(account.id, MACHINE, clock.now());
        await service.issue(account.id, { kind: 'account', accountId: account.id });
      },
    ],
  ])('a certificate %s proves nothing, before the code and after it', async (_, happen) => {
    const lab = await open();
    await lab.send();
    const code = await lab.readCode();
    await happen(lab);
    lab.clock.advance(61);
    expect((await lab.send()).json()).toMatchObject({ code: 'recovery-not-possible' });
    expect((await lab.recover(code)).json()).toMatchObject({ code: 'recovery-not-possible' });
    expect(await lab.messages()).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ text: expect.stringContaining(code) })]),
    );
  });

  test('what happens between the question and the change undoes the change', async () => {
    const { store, clock, current, account } = await open();
    const found = await store.recovery.findRecoverable(current.sha256Fingerprint, clock.now());
    if (found === undefined) throw new Error('not found');
    await store.accounts.setPasswordHash(account.id, 'another', MACHINE, clock.now());
    await expect(
      store.recovery.recoverPassword({
        found,
        fingerprint: current.sha256Fingerprint,
        passwordHash: 'hash',
        notices: [],
        now: clock.now(),
      }),
    ).rejects.toMatchObject({ code: 'recovery-not-possible' });
    expect(await store.accounts.findPasswordHash(account.id)).toBe('another');
  });
});
