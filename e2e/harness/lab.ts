import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Chromium, type ChromiumOptions, type Language, launchChromium } from './chromium.ts';
import { type Display, openDisplay } from './display.ts';
import { type Firefox, type FirefoxOptions, launchFirefox } from './firefox.ts';
import { createNssStore, type NssStore } from './nss-store.ts';
import { killProcessGroupsOf } from './process-group.ts';

export interface StoreOptions {
  /** PEM file of the CA that signed the server's certificate. */
  readonly serverCaPem?: string;
}

export interface BrowserOptions {
  readonly store: NssStore;
  /** `ru` by default, as the product. */
  readonly language?: Language;
  readonly http?: ChromiumOptions['http'];
  readonly tls?: ChromiumOptions['tls'];
}

export interface LabFirefoxOptions {
  readonly serverCaPem?: string;
  readonly language?: Language;
  /** Firefox asks by default. */
  readonly clientCertificate?: FirefoxOptions['clientCertificate'];
}

/** Everything one test starts: programs are killed and files removed by `close()`, in reverse order. */
export interface Lab {
  /** Temporary, removed by `close()`. */
  readonly directory: string;
  /** For what a test starts by itself. */
  onClose(release: () => Promise<void>): void;
  nssStore(options?: StoreOptions): Promise<NssStore>;
  /** A screen for programs of the test's own; each browser has its own already. */
  display(): Promise<Display>;
  /** Called twice with one store it gives two browsers with separate profiles and shared certificates, as on Windows. */
  chromium(options: BrowserOptions): Promise<Chromium>;
  /** With an empty store of its own. */
  firefox(options?: LabFirefoxOptions): Promise<Firefox>;
  /** Pictures of every page and every display, and what the programs printed. */
  saveEvidence(directory: string): Promise<void>;
  close(): Promise<void>;
}

type Evidence = (filePrefix: string) => Promise<void>;

async function copyLogs(from: string, to: string): Promise<void> {
  // Profiles have folders with programs' own data that come and go while this looks at them.
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.log')) continue;
    const file = join(entry.parentPath, entry.name);
    const depth = relative(from, file).split('/');
    if (depth.length <= 2) await copyFile(file, join(to, depth.join('-'))).catch(() => {});
  }
}

export async function openLab(): Promise<Lab> {
  const directory = await mkdtemp(join(tmpdir(), 'propusk-e2e-'));
  const releases: (() => Promise<void>)[] = [];
  const evidence: Evidence[] = [];
  let numbered = 0;
  const newDirectory = (kind: string) => {
    numbered += 1;
    return join(directory, `${kind}-${numbered}`);
  };
  const display = async () => {
    const opened = await openDisplay(newDirectory('display'));
    releases.push(opened.close);
    evidence.push((prefix) => opened.saveScreenshot(`${prefix}-display.png`));
    return opened;
  };
  return {
    directory,
    onClose: (release) => void releases.push(release),
    display,
    nssStore: async ({ serverCaPem } = {}) => {
      const store = await createNssStore(newDirectory('home'));
      if (serverCaPem !== undefined) await store.trustServerCa(serverCaPem);
      return store;
    },
    chromium: async ({ store, language = 'ru', http = '2', tls = '1.3' }) => {
      const browser = await launchChromium({
        display: await display(),
        store,
        language,
        http,
        tls,
        profileDirectory: newDirectory('chromium'),
        downloadsDirectory: newDirectory('downloads'),
      });
      releases.push(browser.close);
      evidence.push(async (prefix) => {
        for (const [index, page] of browser.context.pages().entries()) {
          await page.screenshot({ path: `${prefix}-page-${index}.png`, timeout: 3000 });
        }
      });
      evidence.push(async (prefix) => writeFile(`${prefix}-outline.txt`, await browser.outline()));
      return browser;
    },
    firefox: async ({ serverCaPem, language = 'ru', clientCertificate = 'ask-every-time' } = {}) => {
      const browser = await launchFirefox({
        display: await display(),
        directory: newDirectory('firefox'),
        downloadsDirectory: newDirectory('downloads'),
        language,
        clientCertificate,
        ...(serverCaPem === undefined ? {} : { serverCaPem }),
      });
      releases.push(browser.close);
      evidence.push((prefix) => browser.page.screenshot(`${prefix}-page-0.png`));
      evidence.push(async (prefix) => writeFile(`${prefix}-outline.txt`, await browser.outline()));
      return browser;
    },
    saveEvidence: async (target) => {
      await mkdir(target, { recursive: true });
      for (const [index, save] of evidence.entries()) {
        // A browser that has died has no page to show; the other pictures are wanted all the more.
        await save(join(target, String(index))).catch(() => {});
      }
      await copyLogs(directory, target);
    },
    close: async () => {
      const failures: unknown[] = [];
      for (const release of releases.splice(0).reverse()) {
        await release().catch((error: unknown) => failures.push(error));
      }
      killProcessGroupsOf(directory);
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      if (failures.length > 0) throw new AggregateError(failures, 'the lab did not close cleanly');
    },
  };
}
