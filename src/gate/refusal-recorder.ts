import type { DenialReason } from '../access/decide.ts';
import { createTokenBuckets } from '../http/token-bucket.ts';
import type { ApplicationId, DecisionId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
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
  /**
   * Every refused navigation, as far as a person makes them; of a page's background requests the first of its kind in
   * a minute. Each record is a line of the journal, and for a refusal a password is enough: who sends more gets the
   * newest record of the same kind again.
   *
   * @throws {ProblemError} `throttled` where there is none
   */
  record(refusal: Refusal): Promise<DecisionId | undefined>;
}

/** Per session: a browser that opens all its pages at once, and a click every two seconds. */
const NAVIGATIONS_AT_ONCE = 60;
const NAVIGATIONS_PER_SECOND = 0.5;

const QUIET_MS = 60_000;
const REMEMBERED_MAX = 10_000;

export function createRefusalRecorder(port: GatePort): RefusalRecorder {
  const quietUntil = new Map<string, number>();
  const latest = new Map<string, DecisionId>();
  const navigations = createTokenBuckets({
    capacity: NAVIGATIONS_AT_ONCE,
    refillPerSecond: NAVIGATIONS_PER_SECOND,
    maxKeys: REMEMBERED_MAX,
  });
  return {
    async record({ entry, applicationId, reason, connection, returnPath, now }) {
      const { presented } = connection;
      const shown = presented.kind === 'certificate' ? presented.sha256Fingerprint : '';
      const key = `${entry.sessionId} ${applicationId} ${reason} ${shown}`;
      if (returnPath !== undefined) {
        if (!navigations.take(entry.sessionId, now.getTime())) {
          const earlier = latest.get(key);
          if (earlier !== undefined) return earlier;
          throw new ProblemError('throttled', { retryAfterSeconds: 60 });
        }
      } else {
        if (now.getTime() < (quietUntil.get(key) ?? 0)) return undefined;
        if (quietUntil.size >= REMEMBERED_MAX) quietUntil.clear();
        quietUntil.set(key, now.getTime() + QUIET_MS);
      }
      const decisionId = await port.recordRefusal({
        entry,
        applicationId,
        reason,
        presented: summarizePresented(connection.presented, connection.presentedDer),
        returnPath,
        address: connection.address,
        now,
      });
      if (returnPath !== undefined) {
        if (latest.size >= REMEMBERED_MAX) latest.clear();
        latest.set(key, decisionId);
      }
      return decisionId;
    },
  };
}
