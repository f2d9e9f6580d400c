import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { createLoopbackFetcher } from '../../../test/loopback-fetcher.ts';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { encodeOid, encodeSequence } from '../../pki/der/der-writer.ts';
import { OID } from '../../pki/der/oid.ts';
import { distributionPoints, extension, generalName } from '../../pki/validation/testing/extensions.ts';
import {
  makeAuthority,
  makeCertificate,
  makeListDer,
  type TestEntity,
} from '../../pki/validation/testing/test-pki.ts';
import { revocationLetter } from '../../reminders/revocation-texts.ts';
import { fetchDue } from '../../workspace/fetching/fetch-due.ts';
import { type Checker, createChecker } from '../../workspace/status/checker.ts';
import { describeParsed } from '../../workspace/stores/describe-certificate.ts';
import { addPerson, DAY_SECONDS, later, SYSTEM } from '../testing/people.ts';

const servers: Server[] = [];
const checkers: Checker[] = [];
afterEach(async () => {
  for (const checker of checkers.splice(0)) await checker.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const caIssuers = (url: string) =>
  extension(
    OID.authorityInfoAccess,
    encodeSequence(encodeSequence(encodeOid(OID.caIssuers), generalName.uri(url))),
  );
const listsAt = (...urls: string[]) => distributionPoints({ name: { full: urls.map(generalName.uri) } });

describe.each(DATABASES)('states on $name', ({ create }) => {
  /** Root, issuing authority and ivanov's certificate; a server gives the issuers and the lists. */
  async function open() {
    const clock = createFrozenClock();
    const now = clock.now();
    const files = new Map<string, Uint8Array>();
    let asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const body = files.get(request.url ?? '');
      if (body) response.end(body);
      else response.writeHead(404).end('secret of the server');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const dates = { notBefore: later(clock, -DAY_SECONDS), notAfter: later(clock, 400 * DAY_SECONDS) };
    const root = makeAuthority('CN=Root', dates);
    const issuing = makeAuthority('CN=Issuing', {
      ...dates,
      issuer: root,
      extensions: [caIssuers(`${origin}/root.cer`), listsAt(`${origin}/root.crl`)],
    });
    const own = makeCertificate('CN=Иванов', {
      ...dates,
      issuer: issuing,
      extensions: [
        caIssuers(`${origin}/issuing.cer`),
        listsAt(`${origin}/issuing.crl`, 'ldap://ca.example/cn=crl'),
      ],
    });
    const listDates = { thisUpdate: later(clock, -60), nextUpdate: later(clock, 2 * DAY_SECONDS) };
    files.set('/root.cer', root.certificate.der);
    files.set('/issuing.cer', issuing.certificate.der);
    files.set('/root.crl', makeListDer(root, listDates));
    files.set('/issuing.crl', makeListDer(issuing, listDates));

    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const petrov = await addPerson(store, clock, 'petrov');
    const fetcher = createLoopbackFetcher();
    const letterOf = revocationLetter({ healthUrl: 'https://my.example/health', productName: 'Propusk' });
    const checker = createChecker({ port: store.checking, clock, logger: silentLogger, letterOf });
    checkers.push(checker);
    const letters = () => store.outbox.claimDueMessages(clock.now(), 10, 1, ['email']);
    const round = async () => {
      await checker.checkDue();
      return fetchDue({ port: store.fetching, fetcher, clock, logger: silentLogger, random: () => 0 });
    };
    const settle = async () => {
      while ((await round()) > 0);
      await checker.checkDue();
    };
    const put = (
      accountId: AccountId,
      entity: TestEntity,
      storeName: 'personal' | 'authorities' = 'personal',
    ) =>
      store.workspace.addToWorkspace({
        accountId,
        actor: SYSTEM,
        now: clock.now(),
        certificates: [
          {
            certificate: describeParsed(entity.certificate),
            store: storeName,
            hasKeyElsewhere: true,
            source: 'file',
            detail: '',
          },
        ],
        lists: [],
      });
    const stateOf = async (accountId: AccountId, entity: TestEntity) => {
      const row = await store.status.findStatus(accountId, entity.certificate.sha256Fingerprint);
      return [row?.state, row?.reason];
    };
    const trust = (accountId: AccountId, sha256: Sha256Fingerprint) =>
      store.workspace.installAnchor({ accountId, actor: SYSTEM, now: clock.now(), sha256, scope: 'own' });
    return {
      clock,
      now,
      files,
      origin,
      root,
      issuing,
      own,
      store,
      ivanov,
      petrov,
      checker,
      round,
      settle,
      letters,
      put,
      stateOf,
      trust,
      listDates,
      asked: () => asked.splice(0).toSorted(),
      database,
      fetcher,
      forgetAsked: () => {
        asked = [];
      },
    };
  }

  test('what is missing is fetched, the root is trusted by the person, then it is valid', async () => {
    const { store, ivanov, own, root, put, settle, stateOf, trust, asked, checker } = await open();
    await put(ivanov.id, own);
    expect(await stateOf(ivanov.id, own)).toEqual(['checking', undefined]);
    await checker.checkDue();
    expect(await stateOf(ivanov.id, own)).toEqual(['unknown', 'issuer-missing']);
    const first = await store.status.findStatus(ivanov.id, own.certificate.sha256Fingerprint);
    expect(first?.detail?.fixes.map(({ kind }) => kind)).toEqual(['fetch-issuer', 'import-issuer']);
    expect(first?.detail?.skippedUrls).toEqual(['ldap://ca.example/cn=crl']);

    await settle();
    expect(asked()).toEqual(['/issuing.cer', '/issuing.crl', '/root.cer', '/root.crl']);
    expect(await stateOf(ivanov.id, own)).toEqual(['unknown', 'root-not-trusted']);
    const second = await store.status.findStatus(ivanov.id, own.certificate.sha256Fingerprint);
    expect(second?.detail?.fixes).toEqual([
      { kind: 'install-anchor', sha256: root.certificate.sha256Fingerprint },
    ]);

    await trust(ivanov.id, root.certificate.sha256Fingerprint);
    await settle();
    expect(await stateOf(ivanov.id, own)).toEqual(['valid', undefined]);
    const third = await store.status.findStatus(ivanov.id, own.certificate.sha256Fingerprint);
    expect(third?.detail?.chain.map(({ name, state, isTrusted }) => [name, state, isTrusted])).toEqual([
      ['Root', 'valid', true],
      ['Issuing', 'valid', false],
      ['Иванов', 'valid', false],
    ]);
    expect(third?.detail?.lists).toHaveLength(2);
    expect(asked()).toEqual([]);
  });

  test('somebody else gets what was fetched without another question', async () => {
    const { ivanov, petrov, own, root, put, settle, stateOf, trust, asked } = await open();
    await put(ivanov.id, own);
    await settle();
    asked();
    await put(petrov.id, own);
    await settle();
    expect(asked()).toEqual([]);
    await trust(petrov.id, root.certificate.sha256Fingerprint);
    await settle();
    expect(await stateOf(petrov.id, own)).toEqual(['valid', undefined]);
    // An anchor is one's own.
    expect(await stateOf(ivanov.id, own)).toEqual(['unknown', 'root-not-trusted']);
  });

  test('a list is fetched again before it ends; a revocation in it is told', async () => {
    const { clock, files, ivanov, own, issuing, root, put, settle, stateOf, trust, asked, store } =
      await open();
    await put(ivanov.id, own);
    await settle();
    await trust(ivanov.id, root.certificate.sha256Fingerprint);
    await settle();
    asked();
    clock.advance(1.95 * DAY_SECONDS);
    files.set(
      '/issuing.crl',
      makeListDer(issuing, {
        thisUpdate: clock.now(),
        nextUpdate: later(clock, 2 * DAY_SECONDS),
        entries: [{ certificate: own.certificate, reason: 1 }],
      }),
    );
    await settle();
    expect(asked()).toEqual(['/issuing.crl', '/root.crl']);
    expect(await stateOf(ivanov.id, own)).toEqual(['invalid', 'revoked']);
    const events = await store.audit.listEvents({ limit: 10, type: 'certificate-status-changed' });
    expect(events[0]?.event).toMatchObject({ from: 'valid', to: 'invalid', reason: 'revoked' });
  });

  test('a letter is sent when a personal certificate is revoked, once', async () => {
    const { clock, files, ivanov, own, issuing, root, put, settle, stateOf, trust, letters } = await open();
    await put(ivanov.id, own);
    await settle();
    await trust(ivanov.id, root.certificate.sha256Fingerprint);
    await settle();
    const revoke = (entries: readonly { certificate: TestEntity['certificate']; reason: number }[]) => {
      clock.advance(1.95 * DAY_SECONDS);
      const dates = { thisUpdate: clock.now(), nextUpdate: later(clock, 2 * DAY_SECONDS) };
      files.set('/issuing.crl', makeListDer(issuing, { ...dates, entries }));
      files.set('/root.crl', makeListDer(root, dates));
      return settle();
    };
    expect(await letters()).toEqual([]);
    const entries = [{ certificate: own.certificate, reason: 1 }];
    await revoke(entries);
    expect(await stateOf(ivanov.id, own)).toEqual(['invalid', 'revoked']);
    expect(await letters()).toMatchObject([
      { to: 'ivanov@company.example', subject: 'Личный сертификат отозван или приостановлен' },
    ]);
    // Taken back by mistake, and there again.
    await revoke([]);
    expect(await stateOf(ivanov.id, own)).toEqual(['valid', undefined]);
    await revoke(entries);
    expect(await stateOf(ivanov.id, own)).toEqual(['invalid', 'revoked']);
    expect(await letters()).toHaveLength(1);
  });

  test('an address that gives nothing is named with its category, and tried again later and later', async () => {
    const { clock, files, ivanov, own, origin, put, settle, root, trust, stateOf, asked, store } =
      await open();
    files.delete('/issuing.crl');
    files.set('/root.crl', Buffer.from('<html>sign in first</html>'));
    await put(ivanov.id, own);
    await settle();
    await trust(ivanov.id, root.certificate.sha256Fingerprint);
    await settle();
    expect(await stateOf(ivanov.id, own)).toEqual(['unknown', 'list-unreachable']);
    const row = await store.status.findStatus(ivanov.id, own.certificate.sha256Fingerprint);
    expect(row?.detail?.facts).toMatchObject({
      category: expect.stringMatching(/^(?:status|not-expected)$/u),
    });
    const fetches = await store.status.readFetches([`${origin}/root.crl`, `${origin}/issuing.crl`]);
    expect(fetches.map(({ category }) => category).toSorted()).toEqual(['not-expected', 'status']);
    const tries: number[] = [];
    asked();
    for (let minute = 0; minute < 30; minute += 1) {
      clock.advance(60);
      await settle();
      if (asked().includes('/issuing.crl')) tries.push(minute);
    }
    expect(tries).toEqual([0, 5, 20]);
    expect(JSON.stringify(await store.audit.listEvents({ limit: 50 }))).not.toContain('secret of the server');
    expect(await store.audit.listEvents({ limit: 50, type: 'address-fetched' })).toHaveLength(4);
  });

  test('two nodes ask an address once', async () => {
    const { ivanov, own, put, checker, database, clock, fetcher, asked, store } = await open();
    const other = await database.openStore(clock);
    await put(ivanov.id, own);
    await checker.checkDue();
    const options = { fetcher, clock, logger: silentLogger, random: () => 0 };
    await Promise.all([
      fetchDue({ port: store.fetching, ...options }),
      fetchDue({ port: other.fetching, ...options }),
      fetchDue({ port: store.fetching, ...options }),
    ]);
    expect(asked()).toEqual(['/issuing.cer', '/issuing.crl']);
  });

  test('what has ended is told at once, and never looked for further', async () => {
    const { clock, ivanov, issuing, put, stateOf, checker } = await open();
    const ended = makeCertificate('CN=Петров', {
      issuer: issuing,
      notBefore: later(clock, -2 * DAY_SECONDS),
      notAfter: later(clock, -DAY_SECONDS),
    });
    await put(ivanov.id, ended);
    expect(await stateOf(ivanov.id, ended)).toEqual(['invalid', 'expired']);
    await checker.checkDue();
    expect(await stateOf(ivanov.id, ended)).toEqual(['invalid', 'expired']);
  });
});
