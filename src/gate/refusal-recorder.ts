import type { DenialReason } from '../access/decide.ts';
import type { ApplicationId, DecisionId } from '../kernel/brand.ts';
import type { Connection } from './connections.ts';
import type { Entry, GatePort } from './ports.ts';
import { summarizePresented } from './presented-certificate.ts';

export interface Refusal {
  readonly entry: Entry;
  readonly applicationId: ApplicationId;
  readonly reason: DenialReason;
  readonly connection: Connection;
  /** Undefined: not a navigation. */
  readonly returnPath: string | undefined;
  readonly now: Date;
}

export interface RefusalRecorder {
  /** Every refused navigation; of a page's background requests the first of its kind in a minute. */
  record(refusal: Refusal): Promise<DecisionId | undefined>;
}

const QUIET_MS = 60_000;
const REMEMBERED_MAX = 10_000;

export function createRefusalRecorder(port: GatePort): RefusalRecorder {
  const quietUntil = new Map<string, number>();
  return {
    async record({ entry, applicationId, reason, connection, returnPath, now }) {
      if (returnPath === undefined) {
        const { presented } = connection;
        const shown = presented.kind === 'certificate' ? presented.sha256Fingerprint : '';
        const key = `${entry.sessionId} ${applicationId} ${reason} ${shown}`;
        if (now.getTime() < (quietUntil.get(key) ?? 0)) return undefined;
        if (quietUntil.size >= REMEMBERED_MAX) quietUntil.clear();
        quietUntil.set(key, now.getTime() + QUIET_MS);
      }
      return await port.recordRefusal({
        entry,
        applicationId,
        reason,
        presented: summarizePresented(connection.presented, connection.presentedDer),
        returnPath,
        address: connection.address,
        now,
      });
    },
  };
}
