import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { browserTest } from './browser-test.ts';
import {
  type CertificateAuthority,
  type ClientCertificate,
  createCertificateAuthority,
} from './certificate-authority.ts';
import { curl } from './curl.ts';
import type { Lab } from './lab.ts';
import { lookupLoopback } from './loopback.ts';
import { Pkcs12ImportError } from './nss-store.ts';
import { acceptableAuthorities, opensslClient } from './openssl-client.ts';
import { startTestGate, type TestGate } from './test-gate.ts';

interface Scene {
  readonly lab: Lab;
  readonly gate: TestGate;
  readonly users: CertificateAuthority;
  readonly ivanov: ClientCertificate;
  readonly petrov: ClientCertificate;
  readonly serverCaPem: string;
}

const scenario = browserTest.extend<{ scene: Scene }>({
  scene: async ({ lab }, use) => {
    const servers = await createCertificateAuthority(join(lab.directory, 'server-ca'), 'Test Server CA');
    const users = await createCertificateAuthority(join(lab.directory, 'user-ca'), 'Test Users CA');
    const server = await servers.issueServer(['crm.propusk.localhost', 'id.propusk.localhost']);
    const [ivanov, petrov] = [await users.issueClient('ivanov'), await users.issueClient('petrov')];
    const gate = await startTestGate({
      server,
      clientCaPem: users.certificatePem,
      downloadFile: ivanov.pkcs12,
    });
    lab.onClose(gate.close);
    await use({ lab, gate, users, ivanov, petrov, serverCaPem: servers.certificatePem });
  },
});

describe('Chromium', () => {
  scenario('goes from an empty store to the second certificate without a lost choice', async ({ scene }) => {
    const { lab, gate, ivanov, petrov, serverCaPem } = scene;
    const store = await lab.nssStore({ serverCaPem });
    const chromium = await lab.chromium({ store });
    const who = () => chromium.page.locator('#who');

    await chromium.page.goto(gate.url);
    expect(await who().textContent()).toBe('none');
    await chromium.picker.expectNoPicker(100);

    const download = await chromium.waitForDownload(() => chromium.page.click('#download'));
    expect(download.fileName).toBe('ivanov.pfx');
    expect(await readFile(download.path)).toEqual(await readFile(ivanov.pkcs12));
    await store.importPkcs12(download.path, ivanov.password);
    await store.importPkcs12(petrov.pkcs12, petrov.password);

    await chromium.page.reload();
    await chromium.picker.expectNoPicker(300);
    expect(await who().textContent()).toBe('none');

    const content = await chromium.picker.openedBy(
      () => chromium.page.click('#again'),
      async (picker) => {
        const shown = await picker.waitForPicker();
        await picker.choose(0);
        return shown;
      },
    );
    expect(content.prompt).toContain(`crm.propusk.localhost:${gate.port}`);
    expect(content.lines.map((line) => line.subject).sort()).toEqual(['ivanov', 'petrov']);
    expect(content.lines.find((line) => line.subject === 'ivanov')?.serialNumber).toBe(ivanov.serialNumber);
    const [first, second] = content.lines;
    await expect.poll(() => who().textContent()).toBe(first?.subject);

    await chromium.restart();
    await chromium.picker.openedBy(
      () => chromium.page.goto(gate.url),
      (picker) => picker.cancel(),
    );
    expect(await who().textContent()).toBe('none');

    await chromium.picker.openedBy(
      () => chromium.page.click('#again'),
      (picker) => picker.choose((line) => line.subject === second?.subject),
    );
    await expect.poll(() => who().textContent()).toBe(second?.subject);

    await chromium.picker.openedBy(
      () => chromium.page.click('#again'),
      (picker) => picker.escape(),
    );
    await expect.poll(() => who().textContent()).toBe('none');
    expect(new Set(gate.seen.map((request) => request.httpVersion))).toEqual(new Set(['2.0']));
    expect(gate.seen[0]?.acceptLanguage).toMatch(/^ru/);
  });

  scenario.for([
    { http: '1.1', tls: '1.2' },
    { http: '1.1', tls: '1.3' },
    { http: '2', tls: '1.2' },
  ] as const)(
    'asks again after the alert over HTTP/$http and TLS $tls too',
    async ({ http, tls }, { scene }) => {
      const { lab, gate, ivanov, petrov, serverCaPem } = scene;
      const store = await lab.nssStore({ serverCaPem });
      for (const { pkcs12, password } of [ivanov, petrov]) await store.importPkcs12(pkcs12, password);
      const chromium = await lab.chromium({ store, http, tls });
      await chromium.picker.openedBy(
        () => chromium.page.goto(gate.url),
        (picker) => picker.choose('petrov'),
      );
      await chromium.picker.openedBy(
        () => chromium.page.click('#again'),
        (picker) => picker.choose('ivanov'),
      );
      await expect.poll(() => chromium.page.locator('#who').textContent()).toBe('ivanov');
      const versions = gate.seen.map((request) => `${request.httpVersion} ${request.tlsVersion}`);
      expect(new Set(versions)).toEqual(new Set([`${http === '2' ? '2.0' : http} TLSv${tls}`]));
    },
  );

  scenario('is two browsers with separate memories on one store', async ({ scene }) => {
    const { lab, gate, ivanov, petrov, serverCaPem } = scene;
    const store = await lab.nssStore({ serverCaPem });
    for (const { pkcs12, password } of [ivanov, petrov]) await store.importPkcs12(pkcs12, password);
    const [first, second] = await Promise.all([
      lab.chromium({ store }),
      lab.chromium({ store, language: 'en-US' }),
    ]);
    await first.picker.openedBy(
      () => first.page.goto(gate.url),
      (picker) => picker.choose('ivanov'),
    );
    await second.picker.openedBy(
      () => second.page.goto(gate.url),
      (picker) => picker.choose('petrov'),
    );
    await first.page.reload();
    await first.picker.expectNoPicker(100);
    expect(await first.page.locator('#who').textContent()).toBe('ivanov');
    expect(await second.page.locator('#who').textContent()).toBe('petrov');
    expect(gate.seen.findLast((request) => request.commonName === 'petrov')?.acceptLanguage).toMatch(
      /^en-US/,
    );
  });

  scenario('no longer offers a deleted certificate', async ({ scene }) => {
    const { lab, gate, ivanov, petrov, serverCaPem } = scene;
    const store = await lab.nssStore({ serverCaPem });
    for (const { pkcs12, password } of [ivanov, petrov]) await store.importPkcs12(pkcs12, password);
    await store.deleteCertificate('ivanov');
    expect((await store.list()).filter((stored) => stored.trust === 'u,u,u')).toEqual([
      { nickname: 'petrov', trust: 'u,u,u' },
    ]);
    const chromium = await lab.chromium({ store });
    const failure = await chromium.picker.openedBy(
      () => chromium.page.goto(gate.url),
      async (picker) => {
        const refused = await picker.choose('ivanov').catch((error: unknown) => String(error));
        await picker.choose('petrov');
        return refused;
      },
    );
    expect(failure).toMatch(/no line ivanov in the picker: petrov \(/);
    expect(await chromium.page.locator('#who').textContent()).toBe('petrov');
  });
});

describe('Firefox', () => {
  scenario('presents the certificate by itself when told to', async ({ scene }) => {
    const { lab, gate, ivanov, serverCaPem } = scene;
    const firefox = await lab.firefox({ serverCaPem, clientCertificate: 'select-automatically' });
    await firefox.page.navigate(gate.url);
    expect(await firefox.page.text('#who')).toBe('none');

    const download = await firefox.waitForDownload(() => firefox.page.click('#download'));
    expect(download.fileName).toBe('ivanov.pfx');
    await firefox.store.importPkcs12(download.path, ivanov.password);
    await firefox.restart();
    await firefox.page.navigate(gate.url);
    expect(await firefox.page.text('#who')).toBe('ivanov');
  });

  scenario('asks with its own dialog and remembers for as long as chosen', async ({ scene }) => {
    const { lab, gate, ivanov, petrov, serverCaPem } = scene;
    const firefox = await lab.firefox({ serverCaPem });
    for (const { pkcs12, password } of [ivanov, petrov]) await firefox.store.importPkcs12(pkcs12, password);

    const content = await firefox.dialog.openedBy(
      () => firefox.page.navigate(gate.url),
      async (dialog) => {
        const shown = await dialog.waitForDialog();
        await dialog.accept('petrov');
        return shown;
      },
    );
    expect(content.prompt).toContain('crm.propusk.localhost');
    expect(content.remember).toBe('for-this-session');
    expect(new Set(content.lines.map((line) => line.serialNumber))).toEqual(
      new Set([ivanov.serialNumber, petrov.serialNumber]),
    );
    expect(await firefox.page.text('#who')).toBe('petrov');

    await firefox.restart();
    await firefox.dialog.openedBy(
      () => firefox.page.navigate(gate.url),
      (dialog) => dialog.cancel('permanently'),
    );
    expect(await firefox.page.text('#who')).toBe('none');

    await firefox.restart();
    await firefox.page.navigate(gate.url);
    expect(await firefox.page.text('#who')).toBe('none');
    await firefox.page.type('#comment', 'Обращение 7');
    expect(await firefox.page.evaluate('document.querySelector("#comment").value')).toBe('Обращение 7');
  });
});

describe('the certificate store', () => {
  scenario("refuses a wrong password in pk12util's own words", async ({ scene }) => {
    const { lab, ivanov } = scene;
    const store = await lab.nssStore();
    const failure = await store.importPkcs12(ivanov.pkcs12, 'wrong').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Pkcs12ImportError);
    expect(String(failure)).toContain('SEC_ERROR_BAD_PASSWORD');
    expect(await store.list()).toEqual([]);
  });
});

describe('curl', () => {
  scenario.for([
    { http: '1.1', tls: '1.2' },
    { http: '2', tls: '1.2' },
    { http: '1.1', tls: '1.3' },
    { http: '2', tls: '1.3' },
  ] as const)(
    'speaks HTTP/$http over TLS $tls with and without a certificate',
    async ({ http, tls }, { scene }) => {
      const { gate, ivanov, serverCaPem } = scene;
      const request = { url: `${gate.url}?a=[1]`, caPem: serverCaPem, http, tls };
      const without = await curl(request);
      expect([without.exitCode, without.status, without.httpVersion]).toEqual([0, 404, http]);
      const response = await curl({
        ...request,
        url: gate.url,
        certificate: ivanov,
        method: 'POST',
        body: 'x',
      });
      expect([response.exitCode, response.status]).toEqual([0, 200]);
      expect(response.headers.get('content-type')).toEqual(['text/html']);
      expect(response.text).toContain('<b id="who">ivanov</b>');
      expect(
        gate.seen.map(({ path, httpVersion, commonName }) => [path, httpVersion[0], commonName]),
      ).toEqual([
        ['/?a=[1]', http[0], 'none'],
        ['/', http[0], 'ivanov'],
      ]);
    },
  );

  scenario('reports a server certificate of another CA as its own exit code', async ({ scene }) => {
    const { gate, users } = scene;
    const response = await curl({ url: gate.url, caPem: users.certificatePem });
    // 60: peer certificate cannot be authenticated with known CA certificates.
    expect([response.exitCode, response.status]).toEqual([60, 0]);
  });
});

describe('openssl s_client', () => {
  scenario.for(['1.2', '1.3'] as const)(
    'resumes a TLS %s session with its certificate',
    async (tls, { scene }) => {
      const { lab, gate, ivanov } = scene;
      const session = join(lab.directory, 'session.pem');
      const connection = {
        port: gate.port,
        serverName: 'crm.propusk.localhost',
        tls,
        input: 'GET / HTTP/1.1\r\nHost: crm.propusk.localhost\r\nConnection: close\r\n\r\n',
      };
      const first = await opensslClient({ ...connection, certificate: ivanov, sessionOut: session });
      expect([first.handshake, first.status, first.certificateRequested]).toEqual(['full', 200, true]);
      expect(await acceptableAuthorities(connection)).toEqual(['CN = Test Users CA']);
      const second = await opensslClient({ ...connection, sessionIn: session });
      expect([second.handshake, second.status]).toEqual(['resumed', 200]);
      expect(second.text).toContain('<b id="who">ivanov</b>');
      expect(gate.seen.map((request) => request.sessionReused)).toEqual([false, true]);
    },
  );

  scenario.for(['1.2', '1.3'] as const)(
    'shows the alert that follows a request over TLS %s',
    async (tls, { scene }) => {
      const { gate } = scene;
      const result = await opensslClient({
        port: gate.port,
        serverName: 'crm.propusk.localhost',
        tls,
        input: 'POST /forget HTTP/1.1\r\nHost: crm.propusk.localhost\r\nContent-Length: 0\r\n\r\n',
      });
      expect(result.alert).toBe(tls === '1.3' ? 'unexpected_message' : 'internal_error');
      expect([result.handshake, result.status]).toEqual(['full', 0]);
    },
  );
});

describe("Node's own client", () => {
  scenario('finds the names below localhost with the loopback lookup', async ({ scene }) => {
    const { gate, serverCaPem } = scene;
    const request = get(gate.url, { lookup: lookupLoopback, ca: await readFile(serverCaPem) });
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
  });
});
