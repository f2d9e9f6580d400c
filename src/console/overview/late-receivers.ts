import type { ReceiverState } from '../../journal-delivery/ports.ts';
import type { OverviewView } from './contract.ts';

/** A receiver that is restarted is back by then. */
const LATE_MS = 5 * 60_000;

/** Whom the journal does not reach: what they have not got is some minutes old. */
export function findLateReceivers(
  states: readonly ReceiverState[],
  now: Date,
): OverviewView['lateReceivers'] {
  return states.flatMap(({ receiver, behind, behindSince, failure }) =>
    behindSince === undefined || now.getTime() - behindSince.getTime() < LATE_MS
      ? []
      : [{ receiver, behind, since: behindSince.toISOString(), failure: failure?.category ?? null }],
  );
}
