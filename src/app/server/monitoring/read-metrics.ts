import { parseCertificate } from '../../../pki/x509/certificate.ts';
import type { JournalCounters } from './journal-counters.ts';
import type { Metric, Sample } from './metrics-text.ts';
import type { MonitoredInstance } from './monitored-instance.ts';

const HOUR_MS = 3_600_000;

/** What is asked of the database and of the process at each look. */
export async function readMetrics(
  { store, configuration, clock }: MonitoredInstance,
  counters: JournalCounters,
): Promise<readonly Metric[]> {
  const now = clock.now();
  const [overview, issuers, receivers, journal] = await Promise.all([
    store.overview.readOverview({
      now,
      from: new Date(now.getTime() - HOUR_MS),
      stepSeconds: 3_600,
      limit: 1,
    }),
    store.authority.listWatchedIssuers(now),
    store.journalDelivery.listReceiverStates(),
    counters.read(),
  ]);
  const { accounts, present, certificates, expiring, messages } = overview;
  const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name,
    kind: 'counter',
    help,
    samples,
  });
  const gauge = (name: string, help: string, samples: readonly Sample[] | number): Metric => ({
    name,
    kind: 'gauge',
    help,
    samples: typeof samples === 'number' ? [{ value: samples }] : samples,
  });
  const byState = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
  const ofIssuers = issuers.map((issuer) => ({
    issuer,
    labels: { issuer: issuer.id, role: issuer.role, status: issuer.status },
  }));
  const [server] = configuration.serverCertificate.certificates;
  return [
    counter(
      'propusk_journal_events_total',
      'Events of the journal since this program started.',
      journal.events,
    ),
    counter('propusk_refusals_total', 'Refused entries since this program started.', journal.refusals),
    gauge('propusk_people_signed_in', 'People with a live session.', present.people),
    gauge('propusk_sessions', 'Live sessions.', present.sessions),
    gauge('propusk_accounts', 'Accounts by state.', [
      ...byState({ active: accounts.active, blocked: accounts.blocked }),
    ]),
    gauge(
      'propusk_accounts_without_certificate',
      'Active accounts that have no certificate.',
      accounts.withoutCertificate,
    ),
    gauge('propusk_certificates', 'Current certificates of people by state.', byState(certificates)),
    gauge('propusk_certificates_ending', 'Active certificates that end within so many days.', [
      { labels: { days: '7' }, value: expiring.in7 },
      { labels: { days: '30' }, value: expiring.in30 },
    ]),
    gauge(
      'propusk_messages_last_hour',
      'Messages queued within the last hour, by what became of them.',
      byState({ delivered: messages.delivered, waiting: messages.waiting, failed: messages.failed }),
    ),
    gauge(
      'propusk_issuer_not_after_seconds',
      'When an authority ends, as Unix time.',
      ofIssuers.map(({ issuer, labels }) => ({
        labels,
        value: seconds(parseCertificate(issuer.certificateDer).notAfter),
      })),
    ),
    gauge(
      'propusk_revocation_list_next_update_seconds',
      'When the newest revocation list of an authority ends, as Unix time.',
      ofIssuers.flatMap(({ issuer: { list }, labels }) =>
        list ? [{ labels, value: seconds(list.nextUpdate) }] : [],
      ),
    ),
    gauge(
      'propusk_server_certificate_not_after_seconds',
      'When the server certificate ends, as Unix time.',
      server ? [{ value: seconds(server.notAfter) }] : [],
    ),
    gauge(
      'propusk_journal_delivery_waiting_events',
      'Events of the journal that a receiver has not got yet.',
      receivers.map(({ receiver, behind }) => ({ labels: { receiver }, value: behind })),
    ),
    gauge(
      'propusk_journal_delivery_behind_seconds',
      'How old the oldest event is that a receiver has not got yet; 0: it has got everything.',
      receivers.map(({ receiver, behindSince }) => ({
        labels: { receiver },
        value: behindSince ? Math.max(0, seconds(now) - seconds(behindSince)) : 0,
      })),
    ),
    ...processMetrics(),
  ];
}

/** Named as client libraries of Prometheus name them. */
function processMetrics(): readonly Metric[] {
  const { user, system } = process.cpuUsage();
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    kind: 'gauge',
    help,
    samples: [{ value }],
  });
  return [
    {
      name: 'process_cpu_seconds_total',
      kind: 'counter',
      help: 'Processor time of this process.',
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge('process_resident_memory_bytes', 'Memory of this process.', process.memoryUsage.rss()),
    gauge(
      'process_start_time_seconds',
      'When this process started, as Unix time.',
      Math.round(Date.now() / 1_000 - process.uptime()),
    ),
  ];
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}
