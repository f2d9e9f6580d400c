import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestEnrolment, enrolPerson } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { makeTestDirectory, openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { encodePem } from '../pki/pem/pem.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import { permitAdministration } from './permit-administration.ts';
import { revokeCertificate } from './revoke.ts';

const machine: Actor = { kind: 'command-line' };
const DAY = 86_400;

async function openResponder() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const { authority, service } = await createTestEnrolment(store, clock);
  const responder = createOcspResponder({
    port: store.enrolment,
    authority,
    clock,
    random: systemRandom,
    logger: silentLogger,
  });
  const account = await enrolPerson(store, clock, 'ivanov');
  const { certificate } = await service.issueToFile({ accountId: account.id, actor: machine });
  const issuers = await store.enrolment.listIssuers();
  const directory = await makeTestDirectory();
  for (const { role, certificateDer } of issuers) {
    writeFileSync(join(directory, `${role}.pem`), encodePem('CERTIFICATE', certificateDer));
  }
  writeFileSync(join(directory, 'ivanov.pem'), encodePem('CERTIFICATE', certificate.certificateDer));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', ['ocsp', ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const about = (issuer: string, person: string) => ['-issuer', `${issuer}.pem`, '-cert', `${person}.pem`];
  /** A question as OpenSSL writes it. */
  const ask = (...options: string[]): Uint8Array => {
    openssl(...options, '-reqout', 'request.der');
    return readFileSync(join(directory, 'request.der'));
  };
  /** The answer as OpenSSL reads it, at the time of the frozen clock. */
  const read = (der: Uint8Array): string => {
    writeFileSync(join(directory, 'response.der'), der);
    return openssl(
      ...['-respin', 'response.der', '-resp_text', '-CAfile', 'root.pem', '-verify_other', 'issuing.pem'],
      ...['-attime', String(Math.floor(clock.now().getTime() / 1000))],
    );
  };
  const revoke = async () => {
    const permit = await permitAdministration('revoke-certificate', machine, store.accounts);
    await revokeCertificate({ port: store.enrolment, clock }, permit, {
      certificateId: certificate.id,
      reason: 'keyCompromise',
    });
  };
  const countAppointments = async () =>
    (await store.audit.listEvents({ limit: 50, type: 'responder-appointed' })).length;
  return { clock, responder, service, account, about, ask, read, revoke, countAppointments };
}

describe('whoever asks about a certificate of ours', () => {
  test('learns that it is good, and within a second of its revocation that it is revoked', async () => {
    const { clock, responder, about, ask, read, revoke } = await openResponder();
    const question = ask('-no_nonce', ...about('issuing', 'ivanov'));
    const first = await responder.respond(question);
    expect(read(first.der)).toContain('Cert Status: good');
    expect(first.reusableUntil?.getTime()).toBe(clock.now().getTime() + 3_600_000);
    await revoke();
    clock.advance(1);
    const text = read((await responder.respond(question)).der);
    expect(text).toContain('Cert Status: revoked');
    expect(text).toContain('Revocation Reason: keyCompromise');
  });

  test('gets the same answer for half an hour, then a new one', async () => {
    const { clock, responder, about, ask } = await openResponder();
    const question = ask('-no_nonce', ...about('issuing', 'ivanov'));
    const first = await responder.respond(question);
    clock.advance(1_799);
    expect((await responder.respond(question)).der).toBe(first.der);
    clock.advance(1);
    expect((await responder.respond(question)).der).not.toEqual(first.der);
  });

  test('gets an answer of his own where he sent a nonce', async () => {
    const { responder, about, ask, read } = await openResponder();
    const reply = await responder.respond(ask(...about('issuing', 'ivanov')));
    expect(reply.reusableUntil).toBeUndefined();
    expect(read(reply.der)).toContain('OCSP Nonce');
  });

  test('learns that a serial number was never given out', async () => {
    const { responder, ask, read } = await openResponder();
    const { der } = await responder.respond(ask('-issuer', 'issuing.pem', '-serial', '0x1234'));
    expect(read(der)).toContain('Cert Status: unknown');
  });

  test('is told so where the issuer is another’s, alone or beside ours, or its key is not for this', async () => {
    const { responder, about, ask } = await openResponder();
    const unauthorized = Buffer.from('30030a0106', 'hex');
    const foreign = ['-issuer', 'ivanov.pem', '-cert', 'ivanov.pem'];
    expect((await responder.respond(ask(...foreign))).der).toEqual(new Uint8Array(unauthorized));
    const both = ask(...about('issuing', 'ivanov'), ...foreign);
    expect((await responder.respond(both)).der).toEqual(new Uint8Array(unauthorized));
  });

  test('is told that what he sent is no question', async () => {
    const { responder } = await openResponder();
    const { der } = await responder.respond(Buffer.from('hello'));
    expect(Buffer.from(der).toString('hex')).toBe('30030a0101');
  });
});

test('one key is appointed for many questions at once, recorded before, and another after half a week', async () => {
  const { clock, responder, about, ask, read, countAppointments } = await openResponder();
  const question = ask(...about('issuing', 'ivanov'));
  await Promise.all(Array.from({ length: 20 }, () => responder.respond(question)));
  expect(await countAppointments()).toBe(1);
  clock.advance(4 * DAY);
  expect(read((await responder.respond(question)).der)).toContain('Cert Status: good');
  expect(await countAppointments()).toBe(2);
});
