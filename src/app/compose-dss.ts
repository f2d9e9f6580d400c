import { createDssSection } from '../console/dss/dss-section.ts';
import type { ConsoleSection } from '../console/options.ts';
import { createDssConnections, type DssConnections } from '../dss/connections/dss-connections.ts';
import { createFetcher } from '../fetching/fetcher.ts';
import { type ResolveName, resolveBySystem } from '../fetching/guarded-lookup.ts';
import { readToken, SESSION_COOKIE } from '../gate/session-cookie.ts';
import { createCertificateImport } from '../workspace/importing/import-from-dss.ts';
import { joinAuthorities, readSystemAuthorities } from './dss-authorities.ts';
import type { Instance } from './instance.ts';

export interface DssParts {
  readonly section: ConsoleSection;
  readonly connections: DssConnections;
}

/** CryptoPro DSS in the console: the client, what it imports, its routes. */
export function composeDss(instance: Instance): DssParts {
  const { configuration, store, clock, random, logger } = instance;
  const { dss } = configuration.values;
  const connections = createDssConnections({
    port: store.dssConnections,
    imports: createCertificateImport(store.workspace),
    fetcher: createFetcher({
      allowPrivate: dss.allowedNetworks,
      readTrustedCertificates: () =>
        joinAuthorities(
          configuration.dssAuthoritiesPem,
          dss.systemAuthorities ? readSystemAuthorities() : [],
        ),
      resolveName: resolveWithLocalhost,
    }),
    clock,
    random,
    logger,
    allowHttp: dss.allowHttp,
    ...(dss.clientId === undefined ? {} : { clientId: dss.clientId }),
  });
  const section = createDssSection({
    connections,
    services: dss.services,
    readSessionToken: (cookie) => readToken(cookie, SESSION_COOKIE),
  });
  return { section, connections };
}

/** RFC 6761, 6.3: such names are of this machine, which not every system knows. Whether it may be asked is said elsewhere. */
const resolveWithLocalhost: ResolveName = async (hostname) =>
  hostname === 'localhost' || hostname.endsWith('.localhost')
    ? [{ address: '127.0.0.1', family: 4 }]
    : await resolveBySystem(hostname);
