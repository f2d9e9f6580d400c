import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { JournalQuery, OwnJournalPort } from '../../workspace/events/ports.ts';
import type { StatusPort } from '../../workspace/status/ports.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { typesOf } from './classify-event.ts';
import {
  exportQuery,
  type JournalEntryView,
  type JournalLevel,
  type JournalSectionName,
  journalQuery,
  journalView,
  reportQuery,
  reportView,
} from './contract.ts';
import { toCsv } from './export-journal.ts';
import { isMatch, presentEntries } from './present-entry.ts';
import { writeReport } from './support-report.ts';

const PAGE = 100;
const READ_AT_ONCE = 500;
/** What a search looks through before it asks for a narrower one. */
const MOST_READ = 20_000;
const MOST_EXPORTED = 10_000;

export interface JournalSectionOptions {
  readonly port: OwnJournalPort;
  readonly status: Pick<StatusPort, 'findStatus' | 'readFetches'>;
  readonly version: string;
  readonly supportEmail: string | undefined;
}

interface Filter {
  readonly section?: JournalSectionName | undefined;
  readonly level?: JournalLevel | undefined;
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The person's journal: everything that was done by them, for them and about their certificates. */
export function createJournalSection(options: JournalSectionOptions): ConsoleSection {
  const { port, status, version, supportEmail } = options;

  async function collect(accountId: AccountId, filter: Filter, limit: number, before: number | undefined) {
    const query: Omit<JournalQuery, 'before' | 'limit'> = {
      accountId,
      types: typesOf(filter.section),
      from: filter.from === undefined ? undefined : new Date(filter.from),
      until: filter.until === undefined ? undefined : new Date(filter.until),
    };
    const found: JournalEntryView[] = [];
    let last = before;
    for (let read = 0; read < MOST_READ; read += READ_AT_ONCE) {
      const page = await port.listEntries({ ...query, before: last, limit: READ_AT_ONCE });
      for (const entry of await presentEntries(page, port, accountId)) {
        if (filter.level !== undefined && entry.level !== filter.level) continue;
        if (filter.text !== undefined && !isMatch(entry, filter.text)) continue;
        found.push(entry);
        if (found.length === limit) return { found, before: entry.sequence };
      }
      last = page.at(-1)?.sequence;
      if (page.length < READ_AT_ONCE) return { found, before: undefined };
    }
    return { found, before: last };
  }

  return {
    name: 'journal',
    register(app, { clock, productName }) {
      app.get(
        '/api/journal',
        { schema: { querystring: journalQuery, response: { 200: journalView } } },
        async (request) => {
          const { before: from, ...filter } = request.query;
          const { found, before } = await collect(actorOf(request).accountId, filter, PAGE, from);
          return { entries: found, before: before ?? null };
        },
      );

      app.get('/api/journal/export', { schema: { querystring: exportQuery } }, async (request, reply) => {
        const { format, ...filter } = request.query;
        const { found } = await collect(actorOf(request).accountId, filter, MOST_EXPORTED, undefined);
        const name = `journal-${clock.now().toISOString().slice(0, 10)}.${format}`;
        return await reply
          .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(format === 'csv' ? toCsv(found) : `${JSON.stringify(found, null, 2)}\n`);
      });

      app.get(
        '/api/journal/report',
        { schema: { querystring: reportQuery, response: { 200: reportView } } },
        async (request) => {
          const { accountId } = actorOf(request);
          const { sequence, sha256 } = request.query;
          const line = sequence === undefined ? undefined : await port.findEntry(accountId, sequence);
          if (sequence !== undefined && line === undefined) throw new ProblemError('not-found');
          const [entry] = line ? await presentEntries([line], port, accountId) : [];
          const about = sha256 ?? entry?.objects[0]?.sha256 ?? undefined;
          const row =
            about === undefined ? undefined : await status.findStatus(accountId, about as Sha256Fingerprint);
          const urls = (row?.detail?.fixes ?? []).flatMap((fix) => ('urls' in fix ? fix.urls : []));
          const now = clock.now();
          return {
            text: writeReport({
              now,
              productName,
              version,
              userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
              entry,
              status: row,
              fetches: await status.readFetches(urls),
            }),
            fileName: `report-${now.toISOString().slice(0, 10)}.txt`,
            email: supportEmail ?? null,
          };
        },
      );
    },
  };
}
