import { createDssSection } from '../console/dss/dss-section.ts';
import type { ConsoleSection } from '../console/options.ts';
import { createDssConnections, type DssConnections } from '../dss/connections/dss-connections.ts';
import type { CertificateImportPort } from '../dss/connections/ports.ts';
import { createFetcher } from '../fetching/fetcher.ts';
import { type ResolveName, resolveBySystem } from '../fetching/guarded-lookup.ts';
import { readToken, SESSION_COOKIE } from '../gate/session-cookie.ts';
import type { Store } from '../store/store.ts';
import { describeCertificate } from '../workspace/stores/describe-certificate.ts';
import { placeOf } from '../workspace/stores/place.ts';
import type { ImportedCertificate } from '../workspace/stores/ports.ts';
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
    imports: createCertificateImport(store),
    fetcher: createFetcher({
      allowPrivate: dss.allowedNetworks,
      trustedCertificates: configuration.dssAuthoritiesPem,
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

/** So many certificates are read before others get their turn: 1,000 take about half a second. */
const READ_AT_ONCE = 25;

/** From a DSS into «Личные»; certificates of authorities to theirs. */
export function createCertificateImport(store: Pick<Store, 'workspace'>): CertificateImportPort {
  const { workspace } = store;
  return {
    async importFromDss({ certificatesDer, connectionName, ...change }) {
      const read: (ImportedCertificate | undefined)[] = [];
      for (const [index, der] of certificatesDer.entries()) {
        if (index % READ_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
        read.push(readOne(der, connectionName));
      }
      const certificates = [
        ...new Map(
          read.flatMap((each) => (each === undefined ? [] : [[each.certificate.sha256, each] as const])),
        ).values(),
      ];
      await workspace.addToWorkspace({ ...change, certificates, lists: [] });
      return read.map(
        (each) =>
          each && {
            sha256: each.certificate.sha256,
            owner: each.certificate.owner,
            notAfter: each.certificate.notAfter,
          },
      );
    },
    async readCertificate(accountId, sha256) {
      const [found] = await workspace.readCertificates(accountId, [sha256]);
      return found;
    },
    removeFromWorkspace: (change) => workspace.removeFromWorkspace(change),
  };
}

/** One that cannot be read does not take the others with it. */
function readOne(der: Uint8Array, connectionName: string): ImportedCertificate | undefined {
  try {
    const certificate = describeCertificate(der);
    const { store } = placeOf(certificate, { source: 'dss', hasKey: true });
    return { certificate, store, hasKeyElsewhere: true, source: 'dss', detail: connectionName };
  } catch {
    return undefined;
  }
}
