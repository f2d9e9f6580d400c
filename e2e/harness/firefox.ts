import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessibleNode } from './accessibility.ts';
import { at, type BidiSession, openBidiSession } from './bidi.ts';
import { ACCEPT_LANGUAGE, type Language } from './chromium.ts';
import { DISPLAY_HEIGHT, DISPLAY_WIDTH, type Display } from './display.ts';
import { type DownloadedFile, downloadBy } from './downloads.ts';
import { type FirefoxDecisions, firefoxDecisions } from './firefox-decisions.ts';
import { type FirefoxDialog, firefoxDialog } from './firefox-dialog.ts';
import { type FirefoxOwnCertificates, firefoxOwnCertificates } from './firefox-own-certificates.ts';
import { type FirefoxPage, firefoxPage } from './firefox-page.ts';
import { createNssStoreIn, type NssStore } from './nss-store.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { waitUntil } from './wait-until.ts';

export interface FirefoxOptions {
  readonly display: Display;
  /** Empty at first; the profile and its HOME go there. */
  readonly directory: string;
  readonly downloadsDirectory: string;
  readonly language: Language;
  /** What `security.default_personal_cert` says; Firefox's own default asks. */
  readonly clientCertificate: 'select-automatically' | 'ask-every-time';
  readonly serverCaPem?: string;
}

/** A headed Firefox with its own profile and store, driven over WebDriver BiDi. */
export interface Firefox {
  readonly display: Display;
  /** The profile's own certificates. Firefox may run while they change. */
  readonly store: NssStore;
  /** The first tab. A restart replaces it: read it again afterwards. */
  readonly page: FirefoxPage;
  readonly dialog: FirefoxDialog;
  /** Its settings, tab «Authentication Decisions». */
  readonly decisions: FirefoxDecisions;
  /** Its settings, tab «Your Certificates». */
  readonly ownCertificates: FirefoxOwnCertificates;
  readonly downloadsDirectory: string;
  waitForDownload(act: () => Promise<unknown>, timeoutMs?: number): Promise<DownloadedFile>;
  /** Closes it as a person would and starts it again with the same profile. */
  restart(): Promise<void>;
  /** What a screen reader would find in its windows, for a person who looks into a failure. */
  outline(): Promise<string>;
  close(): Promise<void>;
}

function preferences(options: FirefoxOptions): string {
  const values: Readonly<Record<string, string | number | boolean>> = {
    'security.default_personal_cert':
      options.clientCertificate === 'select-automatically' ? 'Select Automatically' : 'Ask Every Time',
    // Milliseconds for which the buttons of a new dialog stay disabled.
    'security.dialog_enable_delay': 0,
    'intl.accept_languages': ACCEPT_LANGUAGE[options.language],
    'browser.download.dir': options.downloadsDirectory,
    'browser.download.folderList': 2,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.shell.checkDefaultBrowser': false,
    'browser.aboutwelcome.enabled': false,
    'browser.newtabpage.enabled': false,
    'browser.sessionstore.resume_from_crash': false,
    'signon.rememberSignons': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'extensions.update.enabled': false,
  };
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

interface RunningFirefox {
  readonly processes: ProcessGroup;
  readonly session: BidiSession;
  readonly page: FirefoxPage;
  readonly application: AccessibleNode;
}

async function start(options: FirefoxOptions, profile: string): Promise<RunningFirefox> {
  const serverFile = join(profile, 'WebDriverBiDiServer.json');
  await rm(serverFile, { force: true });
  const processes = await startProcessGroup(
    'firefox-esr',
    [
      ...['--profile', profile, '--no-remote', '--remote-debugging-port', '0'],
      ...['--width', String(DISPLAY_WIDTH), '--height', String(DISPLAY_HEIGHT), 'about:blank'],
    ],
    {
      logFile: join(options.directory, 'firefox.log'),
      env: {
        ...options.display.env,
        HOME: options.directory,
        // Else NSS, by how fast the disk was at the start, keeps the store in memory and misses what others import.
        NSS_SDB_USE_CACHE: 'no',
        XDG_CONFIG_HOME: undefined,
        XDG_CACHE_HOME: undefined,
        // The dialog is read through the accessibility bus.
        GNOME_ACCESSIBILITY: '1',
        MOZ_CRASHREPORTER_DISABLE: '1',
      },
    },
  );
  const port = await waitUntil(
    async () => {
      if (!processes.isRunning()) throw new Error(`Firefox ended:\n${await processes.log()}`);
      if (!existsSync(serverFile)) return undefined;
      return /"ws_port":\s*(\d+)/.exec(await readFile(serverFile, 'utf8'))?.[1];
    },
    { what: 'Firefox opens its debugging port', timeoutMs: 30_000, intervalMs: 20 },
  );
  const session = await openBidiSession(`ws://127.0.0.1:${port}/session`);
  const context = at(await session.send('browsingContext.getTree', {}), 'contexts', 0, 'context');
  if (typeof context !== 'string') throw new Error('Firefox has no tab');
  const application = await waitUntil(() => options.display.accessibility.findApplication(processes.pid), {
    what: 'Firefox joins the accessibility bus',
    timeoutMs: 30_000,
  });
  return { processes, session, page: firefoxPage(session, context), application };
}

async function quit(running: RunningFirefox): Promise<void> {
  await running.session.send('browser.close', {}).catch(() => {});
  const ended = await running.processes.waitForExit(30_000);
  await running.processes.kill();
  if (!ended) throw new Error('Firefox did not close by itself within 30 s');
}

/** @throws Error when Firefox does not start, with what it printed */
export async function launchFirefox(options: FirefoxOptions): Promise<Firefox> {
  const profile = join(options.directory, 'profile');
  await mkdir(options.downloadsDirectory, { recursive: true });
  const store = await createNssStoreIn(profile, options.directory);
  if (options.serverCaPem !== undefined) await store.trustServerCa(options.serverCaPem);
  await writeFile(join(profile, 'user.js'), preferences(options));
  let running = await start(options, profile);
  return {
    display: options.display,
    store,
    downloadsDirectory: options.downloadsDirectory,
    dialog: firefoxDialog(options.display, async () => running.application),
    decisions: firefoxDecisions(options.display, async () => running.application),
    ownCertificates: firefoxOwnCertificates(options.display, async () => running.application),
    get page() {
      return running.page;
    },
    waitForDownload: (act, timeoutMs = 20_000) => downloadBy(options.downloadsDirectory, act, timeoutMs),
    restart: async () => {
      await quit(running);
      running = await start(options, profile);
    },
    outline: () => options.display.accessibility.outline(running.application),
    close: async () => {
      running.session.close();
      await running.processes.kill();
    },
  };
}
