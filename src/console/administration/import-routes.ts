import { Readable } from 'node:stream';
import { type LoginKey, loginKey } from '../../kernel/login.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { type ConsoleActor, requireRole } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { requireName } from './account-routes.ts';
import {
  type ImportRowView,
  type ImportView,
  importRequest,
  importView,
  previewQuery,
  previewView,
} from './contract.ts';
import type { AdministrationOptions } from './options.ts';
import { parsePerson } from './parse-person.ts';
import type { AccountAdministrationPort } from './ports.ts';
import { stateOf } from './present.ts';
import { previewImport } from './preview-import.ts';
import { readTable } from './read-table.ts';
import { formatRow } from './write-csv.ts';

const BASE = '/api/administration';
/** 100,000 rows of long names in UTF-16. */
const FILE_MAX_BYTES = 48 * 1024 * 1024;
const EXPORTED_AT_ONCE = 500;
/** A transaction stops everything else in the process while it runs: some milliseconds, and others take their turn. */
const ROWS_AT_ONCE = 10;

type Outcome = ImportView['outcomes'][number];
const HEADER = [
  'login',
  'name',
  'phone',
  'email',
  'role',
  'status',
  'created',
  'signed in',
  'certificate',
  'until',
];

/** Accounts from a file and into a file. The preview is the page's; it hands the rows back, some hundreds at once. */
export function registerImportRoutes(
  app: ConsoleApp,
  { clock }: ConsoleContext,
  { port }: AdministrationOptions,
): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  app.post(
    `${BASE}/import/preview`,
    { bodyLimit: FILE_MAX_BYTES, schema: { querystring: previewQuery, response: { 200: previewView } } },
    async (request) => {
      requireName(requireRole(request, 'operator', 'administrator'), 'import-accounts');
      const { body } = request;
      if (!(body instanceof Uint8Array)) throw new ProblemError('request-invalid');
      return await previewImport(await readTable(body, request.query), port);
    },
  );

  app.post(
    `${BASE}/import/rows`,
    {
      // 500 rows of the longest cells.
      bodyLimit: 1024 * 1024,
      schema: { body: importRequest, response: { 200: importView } },
    },
    async (request) => {
      const actor = requireRole(request, 'operator', 'administrator');
      requireName(actor, 'import-accounts');
      const { rows } = request.body;
      const outcomes: Outcome[] = [];
      for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
        outcomes.push(
          ...(await importSome(port, rows.slice(start, start + ROWS_AT_ONCE), actor, clock.now())),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { outcomes };
    },
  );

  app.get(`${BASE}/accounts.csv`, async (request, reply) => {
    const actor = requireRole(request, 'operator', 'administrator');
    requireName(actor, 'export-accounts');
    const now = clock.now();
    await port.recordExport(actor.journal, now);
    return await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="accounts-${now.toISOString().slice(0, 10)}.csv"`)
      .send(Readable.from(exportRows(port, now)));
  });
}

/** One transaction. What was imported before a fault stays; the same rows again say `exists`. */
async function importSome(
  port: Pick<AccountAdministrationPort, 'importAccounts'>,
  rows: readonly ImportRowView[],
  { journal }: ConsoleActor,
  now: Date,
): Promise<readonly Outcome[]> {
  const parsed = rows.map((row) => {
    try {
      return parsePerson(row);
    } catch (error) {
      if (error instanceof ProblemError) return error.code;
      throw error;
    }
  });
  const people = parsed.filter((each) => typeof each !== 'string');
  const outcomes = (await port.importAccounts(people, journal, now)).values();
  return parsed.map((each) => {
    if (typeof each !== 'string') return outcomes.next().value ?? 'exists';
    return each === 'phone-invalid' || each === 'email-invalid' ? each : 'login-invalid';
  });
}

async function* exportRows(
  port: Pick<AccountAdministrationPort, 'listAccountsAfter'>,
  now: Date,
): AsyncGenerator<string> {
  // Spreadsheets take a file without it for one in the system's own encoding.
  yield `\ufeff${formatRow(HEADER)}`;
  let after: LoginKey | undefined;
  for (;;) {
    const rows = await port.listAccountsAfter(after, EXPORTED_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = loginKey(last.account.login);
    yield rows
      .map(({ account, signedInAt, certificate }) =>
        formatRow([
          account.login,
          account.displayName,
          account.phone ?? '',
          account.email ?? '',
          account.role,
          account.status,
          account.createdAt.toISOString(),
          signedInAt?.toISOString() ?? '',
          certificate ? stateOf(certificate, now) : '',
          certificate?.notAfter.toISOString() ?? '',
        ]),
      )
      .join('');
  }
}
