import type { CertificateImportPort } from '../../dss/connections/ports.ts';
import { describeCertificate } from '../stores/describe-certificate.ts';
import { placeOf } from '../stores/place.ts';
import type { ImportedCertificate, WorkspaceChangePort, WorkspacePort } from '../stores/ports.ts';

/** So many certificates are read before others get their turn: 1,000 take about half a second. */
const READ_AT_ONCE = 25;

/** From a DSS into «Личные»; certificates of authorities to theirs. */
export function createCertificateImport(
  workspace: WorkspacePort & WorkspaceChangePort,
): CertificateImportPort {
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
