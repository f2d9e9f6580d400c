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
import { decodePem, encodePem } from '../pki/pem/pem.ts';
import { parseCertificate } from '../pki/x509/certificate.ts';
import { activeChain } from './active-chain.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import { permitAdministration } from './permit-administration.ts';
import { refreshRevocationLists } from './revocation-list.ts';
import { revokeCertificate } from './revoke.ts';
import { installAuthority, requestAuthority, rotateAuthority } from './rotate-authority.ts';

const actor: Actor = { kind: 'command-line' };

async function openAuthority() {
  // OpenSSL looks at the real clock when it signs.
  const clock = createFrozenClock(new Date(Math.floor(Date.now() / 1000) * 1000));
  const store = await openRealStore(clock);
  const { authority, service } = await createTestEnrolment(store, clock);
  const rotation = {
    port: store.enrolment,
    authority,
    clock,
    random: systemRandom,
    keyAlgorithm: 'p-256',
    organisation: 'Company',
  } as const;
  const issueTo = async (name: 'ivanov' | 'petrov') => {
    const account = await enrolPerson(store, clock, name);
    const { certificate } = await service.issueToFile({ accountId: account.id, actor });
    return { ...certificate, parsed: parseCertificate(certificate.certificateDer) };
  };
  const lists = { port: store.enrolment, authority, clock, logger: silentLogger };
  const directory = await makeTestDirectory();
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const write = (name: string, label: string, ...ders: Uint8Array[]) =>
    writeFileSync(join(directory, name), ders.map((der) => encodePem(label, der)).join(''));
  const read = (name: string) => readFileSync(join(directory, name));
  return { clock, store, authority, rotation, issueTo, lists, directory, openssl, write, read };
}

/** A company's root, made with OpenSSL, that signs what it is asked to sign. */
function makeCompanyRoot({
  clock,
  directory,
  openssl,
  write,
  read,
}: Awaited<ReturnType<typeof openAuthority>>) {
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-noenc', '-days', '3650'],
    ...['-subj', '/O=Company/CN=Company Root', '-keyout', 'root.key', '-out', 'root.pem'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  const blockOf = (name: string) => decodePem(read(name))[0]?.bytes ?? expect.fail(`${name} is empty`);
  return {
    rootDer: blockOf('root.pem'),
    sign(requestDer: Uint8Array, extensions?: string): Uint8Array {
      write('request.pem', 'CERTIFICATE REQUEST', requestDer);
      if (extensions !== undefined) writeFileSync(join(directory, 'extensions'), extensions);
      const extra = extensions === undefined ? ['-copy_extensions', 'copyall'] : ['-extfile', 'extensions'];
      openssl(
        ...['x509', '-req', '-in', 'request.pem', '-CA', 'root.pem', '-CAkey', 'root.key'],
        ...['-days', '1825', '-out', 'signed.pem', ...extra],
      );
      // It signs by the real clock, a moment after the frozen one.
      clock.advance(60);
      return blockOf('signed.pem');
    },
  };
}

describe('another issuing authority under the same root', () => {
  test('issues from then on; what the former one issued stays good, and both go on with their lists', async () => {
    const opened = await openAuthority();
    const { store, clock, rotation, issueTo, lists } = opened;
    const before = await issueTo('ivanov');
    const { former, current } = await rotateAuthority(rotation, { actor });
    expect(current.subject.text).toBe('CN=Propusk Access CA 2,O=Company');
    const after = await issueTo('petrov');
    expect(before.parsed.issuer.text).toBe(former.subject.text);
    expect(after.parsed.issuer.text).toBe(current.subject.text);

    const permit = await permitAdministration('revoke-certificate', actor, store.accounts);
    await revokeCertificate(lists, permit, { certificateId: before.id, reason: 'keyCompromise' });
    await refreshRevocationLists(lists);
    const issuers = await store.enrolment.listIssuers();
    opened.write('root.pem', 'CERTIFICATE', issuers[0]?.certificateDer ?? expect.fail());
    opened.write(
      'issuing.pem',
      'CERTIFICATE',
      ...issuers.filter(({ role }) => role === 'issuing').map(({ certificateDer }) => certificateDer),
    );
    const rows = await Promise.all(issuers.map(({ id }) => store.enrolment.findRevocationList(id)));
    opened.write('lists.pem', 'X509 CRL', ...rows.map((row) => row?.der ?? expect.fail('no list')));
    opened.write('before.pem', 'CERTIFICATE', before.certificateDer);
    opened.write('after.pem', 'CERTIFICATE', after.certificateDer);
    const verify = ['verify', '-x509_strict', '-crl_check_all', '-CAfile', 'root.pem'];
    const verifyOne = (file: string) =>
      opened.openssl(...verify, '-untrusted', 'issuing.pem', '-CRLfile', 'lists.pem', file);
    expect(verifyOne('after.pem')).toContain('after.pem: OK');
    expect(() => verifyOne('before.pem')).toThrow('certificate revoked');
    expect(clock.now() < current.notAfter).toBe(true);
  });

  test('is answered for about certificates without a restart', async () => {
    const { store, clock, authority, rotation, issueTo, openssl, write, read } = await openAuthority();
    const responder = createOcspResponder({
      port: store.enrolment,
      authority,
      clock,
      random: systemRandom,
      logger: silentLogger,
    });
    const statusOf = async (certificate: { readonly certificateDer: Uint8Array }, issuerDer: Uint8Array) => {
      write('issuer.pem', 'CERTIFICATE', issuerDer);
      write('person.pem', 'CERTIFICATE', certificate.certificateDer);
      openssl('ocsp', '-issuer', 'issuer.pem', '-cert', 'person.pem', '-reqout', 'request.der');
      clock.advance(1);
      const { der } = await responder.respond(read('request.der'));
      return Buffer.from(der).toString('hex').slice(0, 10) === '30030a0106' ? 'unauthorized' : 'answered';
    };
    const first = await issueTo('ivanov');
    const { former, current } = await rotateAuthority(rotation, { actor });
    const second = await issueTo('petrov');
    expect(await statusOf(first, former.der)).toBe('answered');
    expect(await statusOf(second, current.der)).toBe('answered');
  });

  test('needs the root’s key where it has left the server, and takes no other key for it', async () => {
    const { store, clock, rotation } = await openAuthority();
    const root = (await store.enrolment.listIssuers()).find(({ role }) => role === 'root') ?? expect.fail();
    await store.enrolment.dropRootKey(root.id, actor, clock.now());
    await expect(rotateAuthority(rotation, { actor })).rejects.toMatchObject({
      code: 'issuer-unavailable',
      detail: expect.stringContaining('not on this server'),
    });
    const other = await openAuthority();
    const otherRoot =
      (await other.store.enrolment.listIssuers()).find(({ role }) => role === 'root') ?? expect.fail();
    const wrong = otherRoot.privateKeyPkcs8 ?? expect.fail();
    await expect(rotateAuthority(rotation, { actor, rootKeyPkcs8: wrong })).rejects.toMatchObject({
      detail: expect.stringContaining('does not belong'),
    });
    const right = root.privateKeyPkcs8 ?? expect.fail();
    expect((await rotateAuthority(rotation, { actor, rootKeyPkcs8: right })).current.subject.text).toContain(
      '2',
    );
  });

  test('does not get a name that an authority has', async () => {
    const { rotation } = await openAuthority();
    await expect(rotateAuthority(rotation, { actor, commonName: 'Propusk Access CA' })).rejects.toMatchObject(
      {
        code: 'certificate-unusable',
      },
    );
  });
});

describe('an issuing authority under somebody else’s root', () => {
  test('is requested, signed, installed, and issues', async () => {
    const opened = await openAuthority();
    const company = makeCompanyRoot(opened);
    const requestDer = await requestAuthority(opened.rotation, { commonName: 'Company Access', actor });
    opened.write('request.pem', 'CERTIFICATE REQUEST', requestDer);
    const text = opened.openssl('req', '-in', 'request.pem', '-noout', '-text', '-verify');
    expect(text).toMatch(/CA:TRUE, pathlen:0/);
    expect(text).toContain('Certificate Sign, CRL Sign');
    const certificateDer = company.sign(requestDer);
    const { current } = await installAuthority(opened.rotation, {
      certificateDer,
      candidatesDer: [company.rootDer],
      actor,
    });
    expect(current.subject.text).toBe('CN=Company Access,O=Company');
    const ivanov = await opened.issueTo('ivanov');
    opened.write('issuing.pem', 'CERTIFICATE', certificateDer);
    opened.write('ivanov.pem', 'CERTIFICATE', ivanov.certificateDer);
    expect(
      opened.openssl('verify', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', 'ivanov.pem'),
    ).toContain('ivanov.pem: OK');
    const chain = activeChain(await opened.store.enrolment.listIssuers());
    expect(chain.map(({ subject }) => subject.commonName)).toEqual(['Company Access', 'Company Root']);
    await expect(
      installAuthority(opened.rotation, { certificateDer, candidatesDer: [company.rootDer], actor }),
    ).rejects.toMatchObject({ detail: expect.stringContaining('no request waits') });
  });

  test.each<[string, string, string]>([
    ['no authority', 'basicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\n', 'basicConstraints'],
    [
      'an authority over others',
      'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n',
      'pathlen:0',
    ],
    [
      'without lists',
      'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n',
      'cRLSign',
    ],
  ])('%s is not installed', async (_, extensions, words) => {
    const opened = await openAuthority();
    const company = makeCompanyRoot(opened);
    const requestDer = await requestAuthority(opened.rotation, { actor });
    const signed = company.sign(requestDer, extensions);
    await expect(
      installAuthority(opened.rotation, { certificateDer: signed, candidatesDer: [company.rootDer], actor }),
    ).rejects.toMatchObject({ code: 'certificate-unusable', detail: expect.stringContaining(words) });
    expect(await opened.store.enrolment.findIssuerRequest()).toBeDefined();
  });

  test('one of an earlier request, and one without its chain, are not installed', async () => {
    const opened = await openAuthority();
    const company = makeCompanyRoot(opened);
    const earlierDer = company.sign(await requestAuthority(opened.rotation, { actor }));
    const laterDer = company.sign(await requestAuthority(opened.rotation, { actor }));
    const candidatesDer = [company.rootDer];
    await expect(
      installAuthority(opened.rotation, { certificateDer: earlierDer, candidatesDer, actor }),
    ).rejects.toMatchObject({ detail: expect.stringContaining('last request') });
    await expect(
      installAuthority(opened.rotation, { certificateDer: laterDer, candidatesDer: [], actor }),
    ).rejects.toMatchObject({ detail: expect.stringContaining('give its chain') });
  });
});
