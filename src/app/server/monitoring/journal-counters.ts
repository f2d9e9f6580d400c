import type { AuditLogPort } from '../../../console/audit-log/ports.ts';
import type { Sample } from './metrics-text.ts';

const PAGE = 1_000;
/** At one look; what is left is counted at the next. */
const PAGES_MAX = 50;

/**
 * Counts the events of the journal since the program started, by kind, and refusals by reason. Every node counts the
 * events of all nodes: they write one journal.
 */
export class JournalCounters {
  readonly #port: Pick<AuditLogPort, 'listAuditLog'>;
  readonly #events = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #after: number;

  /** @param after the last event before the program started */
  constructor(port: Pick<AuditLogPort, 'listAuditLog'>, after: number) {
    this.#port = port;
    this.#after = after;
  }

  async read(): Promise<{ readonly events: readonly Sample[]; readonly refusals: readonly Sample[] }> {
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const entries = await this.#port.listAuditLog({
        reach: { kind: 'all' },
        order: 'oldest-first',
        after: this.#after,
        limit: PAGE,
      });
      for (const { sequence, event } of entries) {
        // Two scrapes at once read the same page.
        if (sequence <= this.#after) continue;
        this.#after = sequence;
        const count = 'count' in event && COUNTED.has(event.type) ? event.count : 1;
        add(this.#events, event.type, count);
        if (event.type === 'entry-refused') add(this.#refusals, event.reason, 1);
      }
      if (entries.length < PAGE) break;
    }
    return { events: samples(this.#events, 'type'), refusals: samples(this.#refusals, 'reason') };
  }
}

/** One line of the journal that stands for many events. */
const COUNTED: ReadonlySet<string> = new Set([
  'sign-in-failed',
  'requests-before-sign-in',
  'message-retried',
]);

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function samples(counts: ReadonlyMap<string, number>, label: string): readonly Sample[] {
  return [...counts].sort().map(([key, value]) => ({ labels: { [label]: key }, value }));
}
