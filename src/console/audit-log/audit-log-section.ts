import { Readable } from 'node:stream';
import { z } from 'zod';
import type { AccountId } from '../../kernel/brand.ts';
import { loginKey, parseLogin } from '../../kernel/login.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { type ConsoleActor, requireRole } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import {
  auditLogEvent,
  auditLogExportQuery,
  auditLogQuery,
  auditLogReport,
  auditLogView,
} from './contract.ts';
import { CSV_HEAD, csvLine, jsonLine } from './export-lines.ts';
import type { AuditLogFilter, AuditLogPort } from './ports.ts';
import { presentEvent, readContext } from './present-event.ts';

const EXPORT_PAGE = 1_000;

/** What reading the whole chain has found. */
export interface ChainReport {
  readonly events: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly heads: number;
  readonly findings: readonly { readonly kind: string; readonly sequence?: number }[];
  readonly findingCount: number;
}

export interface AuditLogSectionOptions {
  readonly port: AuditLogPort;
  readonly verify: () => Promise<ChainReport>;
}

interface Asked {
  readonly types?: string | undefined;
  readonly login?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** «Журнал»: everything that happened, for those who run the installation. */
export function createAuditLogSection({ port, verify }: AuditLogSectionOptions): ConsoleSection {
  let verifying: Promise<ChainReport> | undefined;

  /** Undefined: nobody has the login that was asked for. */
  async function filterOf(actor: ConsoleActor, asked: Asked): Promise<AuditLogFilter | undefined> {
    const accountId = await findAccount(asked.login);
    if (accountId === 'unknown') return undefined;
    return {
      ...(asked.types === undefined ? {} : { types: asked.types.split(',') }),
      ...(accountId === undefined ? {} : { accountId }),
      ...(asked.from === undefined ? {} : { from: new Date(asked.from) }),
      ...(asked.to === undefined ? {} : { to: new Date(asked.to) }),
      reach: reachOf(actor),
    };
  }

  async function findAccount(login: string | undefined): Promise<AccountId | 'unknown' | undefined> {
    if (login === undefined) return undefined;
    try {
      return (await port.findAuditLogPerson(loginKey(parseLogin(login))))?.id ?? 'unknown';
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'login-invalid') return 'unknown';
      throw error;
    }
  }

  async function* exportLines(filter: AuditLogFilter | undefined, format: 'csv' | 'jsonl') {
    if (format === 'csv') yield CSV_HEAD;
    let after = 0;
    while (filter !== undefined) {
      const entries = await port.listAuditLog({
        ...filter,
        order: 'oldest-first',
        after,
        limit: EXPORT_PAGE,
      });
      const context = await readContext(port, entries);
      yield entries
        .map((entry) => (format === 'csv' ? csvLine(presentEvent(entry, context)) : jsonLine(entry)))
        .join('');
      const last = entries.at(-1);
      if (last === undefined || entries.length < EXPORT_PAGE) return;
      after = last.sequence;
    }
  }

  return {
    name: 'audit-log',
    register(app, { clock }) {
      app.get(
        '/api/audit-log/events',
        { schema: { querystring: auditLogQuery, response: { 200: auditLogView } } },
        async (request) => {
          const actor = requireRole(request, 'operator', 'administrator');
          const { before, after, limit, ...asked } = request.query;
          const filter = await filterOf(actor, asked);
          if (filter === undefined) return { events: [], hasMore: false, loginKnown: false };
          const entries = await port.listAuditLog({
            ...filter,
            order: 'newest-first',
            ...(before === undefined ? {} : { before }),
            ...(after === undefined ? {} : { after }),
            limit: limit + 1,
          });
          const shown = entries.slice(0, limit);
          const context = await readContext(port, shown);
          return {
            events: shown.map((entry) => presentEvent(entry, context)),
            hasMore: entries.length > limit,
            loginKnown: true,
          };
        },
      );

      app.get(
        '/api/audit-log/events/:sequence',
        {
          schema: {
            params: z.object({ sequence: z.coerce.number().int().min(1) }),
            response: { 200: auditLogEvent },
          },
        },
        async (request) => {
          const actor = requireRole(request, 'operator', 'administrator');
          const { sequence } = request.params;
          const [entry] = await port.listAuditLog({
            reach: reachOf(actor),
            order: 'newest-first',
            after: sequence - 1,
            before: sequence + 1,
            limit: 1,
          });
          if (entry === undefined) throw new ProblemError('not-found');
          return presentEvent(entry, await readContext(port, [entry]));
        },
      );

      app.get(
        '/api/audit-log/export',
        { schema: { querystring: auditLogExportQuery } },
        async (request, reply) => {
          const actor = requireRole(request, 'administrator');
          const { format, ...asked } = request.query;
          const filter = await filterOf(actor, asked);
          await port.recordAuditLogExport(format, actor.journal, clock.now());
          const day = clock.now().toISOString().slice(0, 10);
          return reply
            .header('content-disposition', `attachment; filename="journal-${day}.${format}"`)
            .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
            .send(Readable.from(exportLines(filter, format)));
        },
      );

      app.post(
        '/api/audit-log/verify',
        { schema: { response: { 200: auditLogReport } } },
        async (request) => {
          requireRole(request, 'administrator');
          // A long journal takes its time: whoever asks meanwhile gets the same answer.
          verifying ??= verify().finally(() => {
            verifying = undefined;
          });
          const report = await verifying;
          return {
            ...report,
            at: clock.now().toISOString(),
            findings: report.findings
              .slice(0, 100)
              .map(({ kind, sequence }) => ({ kind, sequence: sequence ?? null })),
          };
        },
      );
    },
  };
}

/** An operator answers for ordinary users, and sees what concerns them; an administrator sees everything. */
function reachOf({ role, accountId }: ConsoleActor): AuditLogFilter['reach'] {
  return role === 'administrator' ? { kind: 'all' } : { kind: 'ordinary-users', self: accountId };
}
