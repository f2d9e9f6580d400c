import { sql } from 'kysely';
import { ProblemError } from '../../kernel/problem.ts';
import type { Database } from '../database.ts';
import { access } from './0001-access.ts';
import { oneTimeCodes } from './0002-one-time-codes.ts';
import { consolePreferences } from './0003-console.ts';
import { messagesAndReminders } from './0004-messages-and-reminders.ts';
import { applicationCookies } from './0005-application-cookies.ts';
import { sealedEntryRequests } from './0006-sealed-entry-requests.ts';
import { issuerRequests } from './0007-issuer-requests.ts';
import { workspace } from './0008-workspace.ts';
import { statusAndEvents } from './0009-status-and-events.ts';
import { administration } from './0010-administration.ts';
import { dssConnections } from './0011-dss-connections.ts';
import { operations } from './0012-operations.ts';
import { statusQuestions } from './0013-status-questions.ts';
import type { Migration } from './migration.ts';

/** In the order of their numbers, which begin with 1 and leave none out. */
export const MIGRATIONS: readonly Migration[] = [
  access,
  oneTimeCodes,
  consolePreferences,
  messagesAndReminders,
  applicationCookies,
  sealedEntryRequests,
  issuerRequests,
  workspace,
  statusAndEvents,
  administration,
  dssConnections,
  operations,
  statusQuestions,
];

/**
 * Brings the schema to this program's version, in one transaction that waits for another program doing the same.
 *
 * @returns the number of the newest migration
 * @throws {ProblemError} `schema-newer` where a newer program has been at this database
 */
export async function migrate(
  database: Database,
  now: Date,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  const known = migrations.at(-1)?.number ?? 0;
  return database.transact(async (transaction) => {
    await database.lockMigrations(transaction);
    const { integer, strict } = database.columnTypes;
    if (!(await database.hasSchema(transaction))) {
      await sql
        .raw(
          `create table schema_versions (number ${integer} primary key, name text not null, applied_at ${integer} not null)${strict}`,
        )
        .execute(transaction);
    }
    const { found } = await transaction
      .selectFrom('schema_versions')
      .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('found'))
      .executeTakeFirstOrThrow();
    if (found > known) {
      throw new ProblemError('schema-newer', {
        detail: `${database.place} has version ${found} of the schema, this program knows ${known}. Start the newer program, or restore a copy of the database made before it was started`,
      });
    }
    for (const migration of migrations) {
      if (migration.number <= found) continue;
      for (const statement of migration.statements(database.columnTypes)) {
        await sql.raw(statement).execute(transaction);
      }
      await transaction
        .insertInto('schema_versions')
        .values({ number: migration.number, name: migration.name, applied_at: now.getTime() })
        .execute();
    }
    return known;
  });
}
