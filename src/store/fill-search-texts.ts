import { searchTextOf } from './account-rows.ts';
import type { Database } from './database.ts';

const BATCH = 500;

/** What accounts of an older program are searched by: SQL cannot make it, SQLite knows small letters of ASCII only. */
export async function fillSearchTexts(database: Database): Promise<void> {
  for (;;) {
    const rows = await database.reader
      .selectFrom('accounts')
      .select(['id', 'login', 'display_name', 'phone', 'email'])
      .where('search_text', 'is', null)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    await database.transact(async (sql) => {
      for (const row of rows) {
        const text = searchTextOf(row);
        await sql.updateTable('accounts').set({ search_text: text }).where('id', '=', row.id).execute();
      }
    });
  }
}
