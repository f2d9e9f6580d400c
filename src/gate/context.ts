import { authorityKeys } from '../http/authority.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { type ApplicationCookies, createApplicationCookies } from './application-cookies.ts';
import { type AssertionSigner, createAssertionSigner } from './assertion.ts';
import { type Connections, createConnections } from './connections.ts';
import { type AccountMenu, type AccountMenuOptions, createAccountMenu } from './embed/account-menu.ts';
import type { EntryTokens } from './entry-token.ts';
import { DEFAULT_LIMITS, type GateApplication, type GateLimits, type GateOptions } from './options.ts';
import { createPermitRecorder, type PermitRecorder } from './permit-recorder.ts';
import type { GatePort } from './ports.ts';
import { createUpstreamClients, type UpstreamClients } from './proxy/upstream-clients.ts';
import type { RecoveryProofs } from './recovery-proof.ts';
import { createRefusalRecorder, type RefusalRecorder } from './refusal-recorder.ts';
import { createSignInCounter, type SignInCounter } from './sign-in-counter.ts';
import { createTlsSessions, type TlsSessions } from './tls-sessions.ts';

/** One name of one application, with what every request for it needs. */
export interface GateHost {
  readonly serverName: string;
  /** As a browser writes it in Origin. */
  readonly origin: string;
  /** Of the application's first host, the only one at which sessions begin: the portal hands over to no other. */
  readonly entryOrigin: string;
  readonly application: GateApplication;
  /** Undefined: the application is a handler inside this process. */
  readonly clients: UpstreamClients | undefined;
}

/** What the parts of one gate share. */
export interface GateContext {
  readonly portalOrigin: string;
  readonly sessionAbsoluteSeconds: number;
  readonly limits: GateLimits;
  readonly hosts: ReadonlyMap<string, GateHost>;
  readonly port: GatePort;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly connections: Connections;
  readonly tlsSessions: TlsSessions;
  readonly signer: AssertionSigner;
  readonly permits: PermitRecorder;
  readonly refusals: RefusalRecorder;
  readonly signInCounter: SignInCounter;
  readonly applicationCookies: ApplicationCookies;
  readonly entryTokens: Pick<EntryTokens, 'seal'>;
  readonly recoveryProofs: Pick<RecoveryProofs, 'seal'>;
  readonly menu: AccountMenu;
  /** Counts changes, so that a decision read before one and applied after it is noticed. */
  changes: number;
}

export function createContext(options: GateOptions): GateContext {
  const { port, clock, logger } = options;
  const limits: GateLimits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    portalOrigin: options.portalOrigin,
    sessionAbsoluteSeconds: options.sessionAbsoluteSeconds,
    limits,
    hosts: indexHosts(options),
    port,
    clock,
    random: options.random,
    logger,
    connections: createConnections({
      now: () => clock.now().getTime(),
      // The policy (RFC 6797) is for a host with all its ports: at another port than 443 we are not alone there.
      strictTransport: new URL(options.portalOrigin).port === '',
    }),
    tlsSessions: createTlsSessions(),
    signer: createAssertionSigner(options.portalOrigin, options.assertionKey),
    permits: createPermitRecorder(port),
    refusals: createRefusalRecorder(port),
    signInCounter: createSignInCounter(port, clock, logger),
    applicationCookies: createApplicationCookies(port, clock, logger),
    entryTokens: options.entryTokens,
    recoveryProofs: options.recoveryProofs,
    menu: createAccountMenu(options.menu ?? withoutMenu(options.portalOrigin), logger),
    changes: 0,
  };
}

function withoutMenu(portalOrigin: string): AccountMenuOptions {
  return { script: undefined, noticeDays: 14, certificatesUrl: `${portalOrigin}/`, defaultLocale: 'ru' };
}

function indexHosts(options: GateOptions): ReadonlyMap<string, GateHost> {
  const portal = new URL(options.portalOrigin);
  if (portal.protocol !== 'https:' || portal.origin !== options.portalOrigin) {
    throw new TypeError(`the portal's origin is https:// and a host, not ${options.portalOrigin}`);
  }
  const publicPort = portal.port === '' ? 443 : Number(portal.port);
  const hosts = new Map<string, GateHost>();
  for (const application of options.applications) {
    const { upstream } = application;
    const clients = upstream.kind === 'server' ? createUpstreamClients(upstream, application) : undefined;
    const originOf = (serverName: string): string => new URL(`https://${serverName}:${publicPort}`).origin;
    const [firstHost] = application.hosts;
    if (firstHost === undefined) throw new TypeError(`${application.id} has no host`);
    for (const serverName of application.hosts) {
      if (serverName === portal.hostname) {
        throw new TypeError(`${serverName} is the portal's host and cannot be the application's too`);
      }
      const host: GateHost = {
        serverName,
        origin: originOf(serverName),
        entryOrigin: originOf(firstHost),
        application,
        clients,
      };
      for (const key of authorityKeys(serverName, publicPort)) {
        if (hosts.has(key)) throw new TypeError(`${serverName} belongs to two applications`);
        hosts.set(key, host);
      }
    }
  }
  return hosts;
}
