import type { Transaction } from 'kysely';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { Schema } from '../rows.ts';

type Sql = Transaction<Schema>;

/**
 * What people have in their workspace is checked again, because something that decides has changed: anchors, issuers,
 * lists. What has no state yet gets the one that its dates give at once.
 *
 * @param accountId undefined: everybody's
 */
export async function markDue(
  sql: Sql,
  accountId: AccountId | undefined,
  now: Date,
  sha256s?: readonly Sha256Fingerprint[],
): Promise<number> {
  const at = now.getTime();
  let again = sql.updateTable('certificate_checks').set({ due_at: at });
  if (accountId !== undefined) again = again.where('account_id', '=', accountId);
  if (sha256s !== undefined) again = again.where('sha256', 'in', [...sha256s]);
  const updated = await again.executeTakeFirst();
  await markNew(sql, accountId, now);
  return Number(updated.numUpdatedRows);
}

/** Those that people brought, and the ones issued to them for signing in. Returns how many had no row. */
export async function markNew(sql: Sql, accountId: AccountId | undefined, now: Date): Promise<number> {
  const at = now.getTime();
  const inserted = await sql
    .insertInto('certificate_checks')
    .columns(['account_id', 'sha256', 'state', 'reason', 'detail', 'checked_at', 'due_at'])
    .expression((eb) => {
      let brought = eb
        .selectFrom('workspace_certificates')
        .select(['account_id', 'sha256'])
        .where('removed_at', 'is', null);
      let issued = eb
        .selectFrom('accounts')
        .innerJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id')
        .select(['accounts.id as account_id', 'access_certificates.sha256_fingerprint as sha256']);
      if (accountId !== undefined) {
        brought = brought.where('account_id', '=', accountId);
        issued = issued.where('accounts.id', '=', accountId);
      }
      return eb
        .selectFrom(brought.union(issued).as('mine'))
        .innerJoin('known_certificates as known', 'known.sha256', 'mine.sha256')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('certificate_checks as done')
                .select('done.sha256')
                .whereRef('done.account_id', '=', 'mine.account_id')
                .whereRef('done.sha256', '=', 'mine.sha256'),
            ),
          ),
        )
        .select(({ ref, val, case: when }) => [
          ref('mine.account_id').as('account_id'),
          ref('mine.sha256').as('sha256'),
          when()
            .when('known.not_after', '<', at)
            .then('invalid' as const)
            .else('checking' as const)
            .end()
            .as('state'),
          when().when('known.not_after', '<', at).then('expired').else(null).end().as('reason'),
          val('').as('detail'),
          eb.cast<number>(val(0), 'bigint').as('checked_at'),
          eb.cast<number>(val(at), 'bigint').as('due_at'),
        ]);
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(inserted.numInsertedOrUpdatedRows ?? 0);
}

/** Certificates for signing in that were revoked or suspended since they were looked at: few. */
export async function markRevokedAccess(sql: Sql, now: Date): Promise<number> {
  const found = await sql
    .selectFrom('access_certificates as issued')
    .innerJoin('accounts', 'accounts.current_certificate_id', 'issued.id')
    .innerJoin('certificate_checks as done', (join) =>
      join
        .onRef('done.account_id', '=', 'accounts.id')
        .onRef('done.sha256', '=', 'issued.sha256_fingerprint'),
    )
    .select(['done.account_id', 'done.sha256'])
    .where('issued.status', '<>', 'active')
    .where('done.state', '<>', 'invalid')
    .where('done.due_at', '>', now.getTime())
    .execute();
  for (const { account_id, sha256 } of found) await markDue(sql, account_id, now, [sha256]);
  return found.length;
}
