import { fileURLToPath } from 'node:url';
import { createPasswordChange } from '../../accounts/change-password.ts';
import { createPasswordHasher } from '../../accounts/password-hash.ts';
import { createSignIn } from '../../accounts/sign-in.ts';
import { startRevocationLists } from '../../enrolment/revocation-list.ts';
import { startWiping } from '../../enrolment/wipe.ts';
import { createEntryTokens, type EntryTokens } from '../../gate/entry-token.ts';
import { createGate, type Gate } from '../../gate/gate.ts';
import type { GateApplication, GateTls } from '../../gate/options.ts';
import { createRecoveryProofs, type RecoveryProofs } from '../../gate/recovery-proof.ts';
import { createListener } from '../../http/listener.ts';
import type { ApplicationId } from '../../kernel/brand.ts';
import { toPem } from '../../pki/server-certificate/read-server-certificate.ts';
import { createPortal } from '../../portal/portal.ts';
import { composeAccountMenu } from '../compose-account-menu.ts';
import { composeBackground } from '../compose-background.ts';
import { type ConsoleParts, composeConsole } from '../compose-console.ts';
import { composeEnrolment } from '../compose-enrolment.ts';
import { composeJournalDelivery } from '../compose-journal-delivery.ts';
import { composeDelivery, composeReminders } from '../compose-messaging.ts';
import { composeRecovery } from '../compose-recovery.ts';
import { originOf } from '../configuration/configuration.ts';
import type { Instance } from '../instance.ts';
import { followIssuers, readClientAuthorities } from './follow-issuers.ts';
import { type InstanceKeys, loadInstanceKeys } from './instance-keys.ts';
import { startMonitoring } from './monitoring/start-monitoring.ts';
import { startPlainListener } from './plain-listener.ts';
import { createPortalServer } from './portal-server.ts';
import { startUpkeep } from './upkeep.ts';

export interface RunningServer {
  /** The TLS port, also where the configuration asked for any (0). */
  readonly port: number;
  readonly applications: readonly { readonly name: string; readonly url: string }[];
  /** Undefined: the configuration has none. */
  readonly consoleUrl: string | undefined;
  /** Stops accepting, lets running requests end for a moment, then ends. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 5_000;
/** From src/app/server and from dist/app/server alike. */
const WEB_DIRECTORY = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Starts everything that `propusk serve` runs. What was started ends again when a later step fails. */
export async function startServer(instance: Instance): Promise<RunningServer> {
  const { configuration, store, clock, random, logger } = instance;
  const { values } = configuration;
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };

  try {
    const delivery = composeDelivery(instance);
    stops.push(() => delivery.stop());
    const journalDelivery = await composeJournalDelivery(instance);
    stops.push(() => journalDelivery.stop());
    const reminders = composeReminders(instance, () => delivery.wake());
    stops.push(() => reminders.stop());

    const { authority, service } = composeEnrolment(instance, () => delivery.wake());
    await authority.ensureCreated({ kind: 'system' });
    const lists = startRevocationLists({ port: store.enrolment, authority, clock, logger });
    stops.push(() => lists.stop());
    const wiping = startWiping({ port: store.enrolment, clock, logger });
    stops.push(() => wiping.stop());
    const background = composeBackground(instance);
    stops.push(() => background.stop());
    const upkeep = startUpkeep(instance);
    stops.push(() => upkeep.stop());

    const keys = await loadInstanceKeys(store, random);
    const own = await composeConsole(instance, WEB_DIRECTORY);
    if (own) stops.push(() => own.close());
    const entryTokens = createEntryTokens(keys.entrySecret, random);
    const authoritiesPem = await readClientAuthorities(instance);
    const recoveryProofs = createRecoveryProofs(keys.entrySecret, random);
    const tokens = { entryTokens, recoveryProofs };
    const gate = await composeGate(instance, keys, tokens, own, authoritiesPem);
    stops.push(() => gate.close({ graceMs: CLOSE_GRACE_MS }));
    const following = followIssuers(instance, authoritiesPem, (pem) => {
      gate.reloadCertificates(gateTlsOf(instance, pem));
      logger.info({}, 'another issuing authority took over; browsers are offered its name');
    });
    stops.push(() => following.stop());
    const portalServer = createPortalServer(configuration);
    const hasher = createPasswordHasher({ random });
    const passwords = createPasswordChange({
      accounts: store.accounts,
      hasher,
      throttle: store.throttle,
      clock,
    });
    const portal = await createPortal({
      passwords,
      recovery: composeRecovery(instance, {
        hasher,
        proofs: recoveryProofs,
        secret: keys.portalSecret,
        onMessageQueued: () => delivery.wake(),
      }),
      origin: configuration.portalOrigin,
      applications: [
        ...listApplications(instance).map(({ id, name, origins, homePath }) => ({
          id,
          name,
          origins,
          homePath,
        })),
        ...(own ? [own.forPortal] : []),
      ],
      productName: values.productName,
      administratorContact: values.administratorContact,
      defaultLocale: values.defaultLocale,
      server: portalServer,
      webDirectory: WEB_DIRECTORY,
      secret: keys.portalSecret,
      signIn: createSignIn({
        accounts: store.accounts,
        sessions: store.sessions,
        throttle: store.throttle,
        journal: store.signInJournal,
        hasher,
        clock,
        random,
        logger,
        sessionLimits: sessionLimitsOf(instance),
        secret: keys.portalSecret,
      }),
      sessions: store.sessions,
      accounts: store.accounts,
      throttle: store.throttle,
      enrolment: service,
      notices: store.reminders,
      port: store.portal,
      entryTokens,
      clock,
      random,
      logger,
    });
    stops.push(() => portal.close());

    const gateHosts = new Set(gate.hosts);
    const listener = createListener({
      logger,
      choose: (serverName) => {
        if (serverName === values.portal.host) return portalServer;
        return serverName !== undefined && gateHosts.has(serverName) ? gate.tlsServer : undefined;
      },
    });
    const { port } = await listener.listen(values.listen);
    stops.push(() => listener.close());
    const monitoring = values.monitoring && (await startMonitoring(instance, values.monitoring));
    if (monitoring) stops.push(() => monitoring.close());
    if (values.plainHttp) stops.push(await startPlainListener(instance, authority, values.plainHttp));

    void gate.selfCheck().then((alert) => {
      if (alert.tls13 === 'works' && alert.tls12 === 'works') return;
      logger.warn(
        { alert },
        'browsers cannot be made to ask for a certificate again; people have to restart them',
      );
    });
    logger.info({ port, portal: configuration.portalOrigin }, 'propusk is running');
    return {
      port,
      applications: listApplications(instance).map(({ name, origins, homePath }) => ({
        name,
        url: `${origins[0]}${homePath}`,
      })),
      consoleUrl: own && `${own.origin}/`,
      async close() {
        await stop();
        // Browsers keep idle connections open for minutes.
        listener.destroy();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listApplications({ configuration: { values } }: Instance) {
  return values.applications.map((application) => {
    const [first = '', ...others] = application.hosts.map((host) => originOf(host, values));
    return { ...application, id: application.id as ApplicationId, origins: [first, ...others] as const };
  });
}

function sessionLimitsOf({ configuration }: Instance) {
  const { idleMinutes, absoluteHours } = configuration.values.sessions;
  return { idleSeconds: idleMinutes * 60, absoluteSeconds: absoluteHours * 3_600 };
}

function gateTlsOf({ configuration }: Instance, clientCertificateAuthoritiesPem: string): GateTls {
  const { certificatesPem, privateKeyPem } = toPem(configuration.serverCertificate);
  return {
    certificates: [{ certificatesPem, privateKeyPem }],
    clientCertificateAuthoritiesPem,
    minVersion: configuration.values.tls.minVersion,
  };
}

async function composeGate(
  instance: Instance,
  { assertionKey }: InstanceKeys,
  tokens: { readonly entryTokens: EntryTokens; readonly recoveryProofs: RecoveryProofs },
  own: ConsoleParts | undefined,
  authoritiesPem: string,
): Promise<Gate> {
  const { configuration, store, clock, random, logger } = instance;
  return createGate({
    portalOrigin: configuration.portalOrigin,
    applications: [...listApplications(instance).map(toGateApplication), ...(own ? [own.forGate] : [])],
    port: store.gate,
    clock,
    random,
    logger,
    assertionKey,
    ...tokens,
    tls: gateTlsOf(instance, authoritiesPem),
    sessionAbsoluteSeconds: sessionLimitsOf(instance).absoluteSeconds,
    menu: await composeAccountMenu(instance, WEB_DIRECTORY, `${own?.origin ?? configuration.portalOrigin}/`),
  });
}

function toGateApplication(application: ReturnType<typeof listApplications>[number]): GateApplication {
  return {
    id: application.id,
    name: application.name,
    hosts: application.hosts,
    homePath: application.homePath,
    upstream: { kind: 'server', url: new URL(application.upstream) },
    allowServiceWorkers: application.allowServiceWorkers,
    ...(application.accountMenu && { accountMenu: { position: application.accountMenuPosition } }),
    timeouts: {
      connectMs: application.connectTimeoutSeconds * 1_000,
      headersMs: application.answerTimeoutSeconds * 1_000,
      bodyIdleMs: application.idleTimeoutSeconds * 1_000,
    },
  };
}
