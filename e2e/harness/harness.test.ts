import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { browserTest } from './browser-test.ts';
import {
  type CertificateAuthority,
  type ClientCertificate,
  createCertificateAuthority,
} from './certificate-authority.ts';
import type { Lab } from './lab.ts';
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
