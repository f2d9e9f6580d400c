import type { JournalDeliveryPort } from '../../journal-delivery/ports.ts';
import { requireRole } from '../actor.ts';
import { type AuthoritySources, readAuthority } from '../authority/read-authority.ts';
import type { ConsoleSection } from '../options.ts';
import { type OverviewPeriod, type OverviewView, overviewQuery, overviewView } from './contract.ts';
import { findLateReceivers } from './late-receivers.ts';
import type { Overview, OverviewPort } from './ports.ts';

const HOUR_SECONDS = 3_600;
const PERIODS: Readonly<Record<OverviewPeriod, { readonly steps: number; readonly stepSeconds: number }>> = {
  day: { steps: 24, stepSeconds: HOUR_SECONDS },
  fortnight: { steps: 14, stepSeconds: 24 * HOUR_SECONDS },
};
const LISTED = 6;

export interface OverviewSectionOptions {
  readonly port: OverviewPort;
  readonly authority: AuthoritySources;
  readonly receivers: Pick<JournalDeliveryPort, 'listReceiverStates'>;
}

/** «Обзор»: who is in, what ends, who was refused, what needs a hand. */
export function createOverviewSection({
  port,
  authority,
  receivers,
}: OverviewSectionOptions): ConsoleSection {
  return {
    name: 'overview',
    register(app, { clock }) {
      app.get(
        '/api/overview',
        { schema: { querystring: overviewQuery, response: { 200: overviewView } } },
        async (request): Promise<OverviewView> => {
          requireRole(request, 'operator', 'administrator');
          const now = clock.now();
          const { steps, stepSeconds } = PERIODS[request.query.period];
          const from = new Date(now.getTime() - steps * stepSeconds * 1_000);
          const [found, { warnings }, states] = await Promise.all([
            port.readOverview({ now, from, stepSeconds, limit: LISTED }),
            readAuthority(authority, now),
            receivers.listReceiverStates(),
          ]);
          return {
            ...found,
            at: now.toISOString(),
            present: {
              ...found.present,
              newest: found.present.newest.map((each) => ({
                ...each,
                lastSeenAt: each.lastSeenAt.toISOString(),
              })),
            },
            expiring: {
              ...found.expiring,
              first: found.expiring.first.map((each) => ({ ...each, notAfter: each.notAfter.toISOString() })),
            },
            refusals: {
              from: from.toISOString(),
              stepSeconds,
              series: seriesOf(found.refusals, steps),
              entries: found.entries,
            },
            messages: { ...found.messages, failures: [...found.messages.failures] },
            warnings,
            lateReceivers: findLateReceivers(states, now),
          };
        },
      );
    },
  };
}

function seriesOf(refusals: Overview['refusals'], steps: number): OverviewView['refusals']['series'] {
  const byReason = new Map<string, number[]>();
  for (const { reason, step, count } of refusals) {
    const counts = byReason.get(reason) ?? Array.from({ length: steps }, () => 0);
    byReason.set(reason, counts);
    // What comes while this is read belongs to the last step.
    const index = Math.min(step, steps - 1);
    counts[index] = (counts[index] ?? 0) + count;
  }
  return [...byReason]
    .map(([reason, counts]) => ({ reason, counts, total: counts.reduce((sum, each) => sum + each, 0) }))
    .sort((one, other) => other.total - one.total || (one.reason < other.reason ? -1 : 1));
}
