import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import type { AccessibleNode } from './accessibility.ts';
import { type ChromiumPicker, chromiumPicker } from './chromium-picker.ts';
import { DISPLAY_HEIGHT, DISPLAY_WIDTH, type Display } from './display.ts';
import { type DownloadedFile, downloadBy } from './downloads.ts';
import type { NssStore } from './nss-store.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { waitUntil } from './wait-until.ts';

export type Language = 'ru' | 'en-US';

export interface ChromiumOptions {
  /** A screen of its own. */
  readonly display: Display;
  /** Its HOME and its certificates; several browsers may share one. */
  readonly store: NssStore;
  /** Empty at first; kept by `restart()`. */
  readonly profileDirectory: string;
  readonly downloadsDirectory: string;
  readonly language: Language;
  /** HTTP/2 where the server offers it, unless `1.1`. */
  readonly http: '1.1' | '2';
  /** The highest version it offers. */
  readonly tls: '1.2' | '1.3';
}

/** A headed Chromium with its own TLS: what playwright drives here is only the page, over the debugging port. */
export interface Chromium {
  readonly display: Display;
  readonly store: NssStore;
  readonly picker: ChromiumPicker;
  readonly downloadsDirectory: string;
  /** The first tab. A restart replaces it: read it again afterwards. */
  readonly page: Page;
  readonly context: BrowserContext;
  /** Acts, then waits for the one new finished file in the downloads folder. */
  waitForDownload(act: () => Promise<unknown>, timeoutMs?: number): Promise<DownloadedFile>;
  /** Closes all windows as a person would and starts again with the same profile and store. */
  restart(): Promise<void>;
  /** What a screen reader would find in its windows, for a person who looks into a failure. */
  outline(): Promise<string>;
  close(): Promise<void>;
}

export const ACCEPT_LANGUAGE: Readonly<Record<Language, string>> = { ru: 'ru-RU,ru', 'en-US': 'en-US,en' };

function flags(options: ChromiumOptions): string[] {
  return [
    ...(options.http === '1.1' ? ['--disable-http2'] : []),
    `--ssl-version-max=tls${options.tls}`,
    `--user-data-dir=${options.profileDirectory}`,
    '--remote-debugging-port=0',
    // Without it Chromium refuses to run as root, as continuous integration often does.
    '--no-sandbox',
    // Suppresses the bar that warns of the flag above.
    '--test-type',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-sync',
    '--disable-search-engine-choice-screen',
    '--disable-session-crashed-bubble',
    '--no-first-run',
    '--no-default-browser-check',
    '--password-store=basic',
    // The picker is read through the accessibility bus.
    '--force-renderer-accessibility',
    `--lang=${options.language}`,
    `--accept-lang=${ACCEPT_LANGUAGE[options.language]}`,
    '--window-position=0,0',
    `--window-size=${DISPLAY_WIDTH},${DISPLAY_HEIGHT}`,
    'about:blank',
  ];
}

function environment(options: ChromiumOptions): Readonly<Record<string, string>> {
  return {
    ...options.display.env,
    HOME: options.store.home,
    XDG_CONFIG_HOME: join(options.store.home, '.config'),
    XDG_CACHE_HOME: join(options.store.home, '.cache'),
    ACCESSIBILITY_ENABLED: '1',
    // On Linux the language of native dialogs comes from here.
    LANGUAGE: options.language.replace('-', '_'),
  };
}

async function writePreferences(options: ChromiumOptions): Promise<void> {
  const directory = join(options.profileDirectory, 'Default');
  if (existsSync(join(directory, 'Preferences'))) return;
  await mkdir(directory, { recursive: true });
  await mkdir(options.downloadsDirectory, { recursive: true });
  const preferences = {
    download: { default_directory: options.downloadsDirectory, prompt_for_download: false },
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    translate: { enabled: false },
  };
  await writeFile(join(directory, 'Preferences'), JSON.stringify(preferences));
}

interface RunningChromium {
  readonly processes: ProcessGroup;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly application: AccessibleNode;
}

async function start(options: ChromiumOptions): Promise<RunningChromium> {
  const portFile = join(options.profileDirectory, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  await writePreferences(options);
  const processes = await startProcessGroup('chromium', flags(options), {
    env: environment(options),
    logFile: `${options.profileDirectory}.log`,
  });
  const failIfEnded = async () => {
    if (!processes.isRunning()) throw new Error(`Chromium ended:\n${await processes.log()}`);
  };
  const endpoint = await waitUntil(
    async () => {
      await failIfEnded();
      if (!existsSync(portFile)) return undefined;
      const [port, path] = (await readFile(portFile, 'utf8')).split('\n');
      return path === undefined ? undefined : `ws://127.0.0.1:${port}${path}`;
    },
    { what: 'Chromium opens its debugging port', timeoutMs: 30_000, intervalMs: 15 },
  );
  // Without playwright's defaults downloads keep their names and nothing of the browser is overridden.
  const browser = await playwright.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no default context');
  const page = context.pages()[0] ?? (await context.newPage());
  // Without this "no picker" would only mean that nothing could be read.
  const application = await waitUntil(() => options.display.accessibility.findApplication(processes.pid), {
    what: 'Chromium joins the accessibility bus',
    timeoutMs: 30_000,
  });
  return { processes, browser, context, page, application };
}

/** Closes it by itself, so that cookies and preferences reach the disk. */
async function quit(running: RunningChromium): Promise<void> {
  const session = await running.browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => {});
  const ended = await running.processes.waitForExit(20_000);
  await running.processes.kill();
  if (!ended) throw new Error('Chromium did not close by itself within 20 s');
}

/** @throws Error when Chromium does not start, with what it printed */
export async function launchChromium(options: ChromiumOptions): Promise<Chromium> {
  let running = await start(options);
  return {
    display: options.display,
    store: options.store,
    downloadsDirectory: options.downloadsDirectory,
    picker: chromiumPicker(options.display, async () => running.application),
    get page() {
      return running.page;
    },
    get context() {
      return running.context;
    },
    waitForDownload: (act, timeoutMs = 20_000) => downloadBy(options.downloadsDirectory, act, timeoutMs),
    restart: async () => {
      await quit(running);
      running = await start(options);
    },
    outline: () => options.display.accessibility.outline(running.application),
    close: async () => {
      await running.browser.close().catch(() => {});
      await running.processes.kill();
    },
  };
}
