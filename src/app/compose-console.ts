import { type Console, createConsole } from '../console/console.ts';
import { createSessionsSection } from '../console/sessions/sessions-section.ts';
import type { GateApplication } from '../gate/options.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import type { PortalApplication } from '../portal/options.ts';
import { composeAdministration } from './compose-administration.ts';
import { composeDss } from './compose-dss.ts';
import { composeOperationsSections } from './compose-operations-sections.ts';
import { composeStatusSections } from './compose-status-sections.ts';
import { composeWorkspaceSection } from './compose-workspace-section.ts';
import { CONSOLE_ID, originOf } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

export interface ConsoleParts {
  readonly origin: string;
  /** As the gate and the portal know it: one more application. */
  readonly forGate: GateApplication;
  readonly forPortal: PortalApplication;
  readonly close: Console['close'];
}

const HOME_PATH = '/';
const NAMES = { ru: 'Рабочее место', en: 'Workplace' } as const;

/** The console with all its sections; undefined where the configuration has none. */
export async function composeConsole(
  instance: Instance,
  webDirectory: string,
): Promise<ConsoleParts | undefined> {
  const { configuration, store, clock, random, logger } = instance;
  const { values, portalOrigin } = configuration;
  if (values.console === undefined) return undefined;
  const { host } = values.console;
  const origin = originOf(host, values);
  const id = CONSOLE_ID as ApplicationId;
  const workspace = composeWorkspaceSection(instance);
  const dss = composeDss(instance);
  const own = await createConsole({
    origin,
    portalOrigin,
    productName: values.productName,
    administratorContact: values.administratorContact,
    defaultLocale: values.defaultLocale,
    port: store.console,
    accounts: store.accounts,
    clock,
    random,
    logger,
    webDirectory,
    sections: [
      ...composeOperationsSections(instance),
      workspace.section,
      ...composeStatusSections(instance),
      dss.section,
      composeAdministration(instance),
      createSessionsSection({
        port: store.ownSessions,
        nameOfApplication: (application, locale) =>
          application === id
            ? NAMES[locale]
            : (values.applications.find((each) => each.id === application)?.name ?? application),
      }),
    ],
  });
  return {
    origin,
    forGate: {
      id,
      name: values.productName,
      hosts: [host],
      homePath: HOME_PATH,
      upstream: { kind: 'handler', handle: own.handle },
    },
    forPortal: { id, name: NAMES, origins: [origin], homePath: HOME_PATH },
    close: async () => {
      await dss.connections.stop();
      await own.close();
      await workspace.close();
    },
  };
}
