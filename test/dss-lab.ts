import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type DssSimulator, startDssSimulator } from '../simulators/dss/server.ts';
import { makeServerCertificate } from '../simulators/dss/server-certificate.ts';
import { createDssSection } from '../src/console/dss/dss-section.ts';
import { createDssConnections, type DssConnections } from '../src/dss/connections/dss-connections.ts';
import { createFetcher, type Fetcher } from '../src/fetching/fetcher.ts';
import { readToken, SESSION_COOKIE } from '../src/gate/session-cookie.ts';
import { type Clock, systemClock } from '../src/kernel/clock.ts';
import type { Logger } from '../src/kernel/logger.ts';
import { systemRandom } from '../src/kernel/random.ts';
import type { Store } from '../src/store/store.ts';
import { createCertificateImport } from '../src/workspace/importing/import-from-dss.ts';
import type { CastName } from './cast.ts';
import { type ConsoleAnswer, openConsoleLab } from './console-lab.ts';

export interface DssBrowser {
  /** What stands in the cookie; another value is another browser. */
  readonly token: string;
  get(path: string): Promise<ConsoleAnswer>;
  send(method: string, path: string, body?: unknown): Promise<ConsoleAnswer>;
  /** «Продолжить» with the simulator's addresses. */
  connect(login: string, other?: Readonly<Record<string, unknown>>): Promise<ConsoleAnswer>;
  /** Asks until the attempt is where the test wants it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  until(id: string, kind: string): Promise<any>;
}

export interface DssLabOptions {
  readonly allowHttp?: boolean;
  /** Stands between the client and the network. */
  readonly wrapFetcher?: (fetcher: Fetcher) => Fetcher;
}

/** The console's DSS section over a real store, against the simulator over real HTTP. */
export async function openDssLab(options: DssLabOptions = {}) {
  const { wrapFetcher = (fetcher) => fetcher } = options;
  const simulator: DssSimulator = await startDssSimulator({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => simulator.close());
  const logged: string[] = [];
  const keep = (fields: object, message: string) => {
    logged.push(`${message} ${inspectAll(fields)}`);
  };
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  const opened: DssConnections[] = [];
  // The console's lab makes the clock, and the section's parts need it before.
  const time: { clock: Clock } = { clock: systemClock };
  onTestFinished(async () => {
    for (const each of opened) await each.stop();
  });
  const lab = await openConsoleLab({
    logger,
    sections: (store) => {
      const connections = createDssConnections({
        port: store.dssConnections,
        imports: createCertificateImport(store.workspace),
        fetcher: wrapFetcher(createFetcher({ allowPrivate: ['127.0.0.1'] })),
        clock: { now: () => time.clock.now() },
        random: systemRandom,
        logger,
        allowHttp: options.allowHttp ?? true,
        pollMs: 60,
      });
      opened.push(connections);
      const readSessionToken = (cookie: string | undefined) => readToken(cookie, SESSION_COOKIE);
      return [createDssSection({ connections, services: [], readSessionToken })];
    },
  });
  time.clock = lab.clock;
  const [connections] = opened;
  if (connections === undefined) throw new Error('the console has made no section');
  const servers = {
    authorizationServer: `${simulator.url}/STS/oauth`,
    dssServer: `${simulator.url}/SignServer/rest`,
  };

  async function openAs(name: CastName) {
    const browser = await lab.openAs(name);
    return { ...browser, dss: dssBrowser(browser) };
  }

  function dssBrowser(
    browser: Awaited<ReturnType<typeof lab.openAs>>,
    token = randomBytes(32).toString('base64url'),
  ): DssBrowser {
    const headers = { cookie: `${SESSION_COOKIE}=${token}` };
    const own: DssBrowser = {
      token,
      get: (path) => browser.get(path, headers),
      send: (method, path, body) => browser.send(method, path, body, headers),
      connect: (login, other = {}) =>
        own.send('POST', '/api/dss/connections', {
          name: 'work',
          ...servers,
          usesV2: false,
          login,
          ...other,
        }),
      async until(id, kind) {
        for (let tries = 0; tries < 400; tries += 1) {
          const answer = await own.get(`/api/dss/attempts/${id}`);
          const { state } = answer.json();
          if (state?.kind === kind) return state;
          if (state?.kind === 'failed') throw new Error(`failed: ${state.failure} at ${state.place}`);
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
        throw new Error(`the attempt never came to ${kind}`);
      },
    };
    return own;
  }

  /** Has the simulator make this user's certificates, as it does at the first request for them. */
  async function warmUp(login: string): Promise<void> {
    const post = await fetch(`${simulator.url}/STS/confirmation`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${login}:`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Resource: 'urn:cryptopro:dss:signserver:signserver' }),
    });
    const { AccessToken } = (await post.json()) as { readonly AccessToken: string };
    const headers = { authorization: `Bearer ${AccessToken}` };
    await (await fetch(`${simulator.url}/SignServer/rest/api/certificates`, { headers })).arrayBuffer();
  }

  return { ...lab, simulator, connections, servers, logged, openAs, dssBrowser, warmUp };
}

export { FetchError } from '../src/fetching/fetch-error.ts';
export type { FetchAnswer, FetchRequest } from '../src/fetching/fetcher.ts';
export { newestEvents } from '../src/store/testing/people.ts';

/** For TLS, of an authority that nobody knows. */
export function makeUnknownCertificate() {
  return makeServerCertificate(['dss.propusk.localhost'], new Date());
}

/** The journal's lines about what a DSS did not do, newest first. */
export async function listFailures(store: Store) {
  const events = await store.audit.listEvents({ limit: 100 });
  return events.map(({ event }) => event).filter(({ type }) => type === 'dss-failed');
}

function inspectAll(fields: object): string {
  return JSON.stringify(fields, (_name, value: unknown) =>
    value instanceof Error ? `${value.name} ${value.message} ${value.stack} ${String(value.cause)}` : value,
  );
}
