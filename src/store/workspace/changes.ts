import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { WorkspaceChangePort } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { storable } from '../row-values.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { createAnchorChanges } from './anchors.ts';
import { insertKnown, insertKnownList } from './known-rows.ts';
import { markDue } from './mark-due.ts';
import type { CertificateSourceRow, WorkspaceCertificateRow, WorkspaceListRow } from './rows.ts';
import { inParts } from './workspace.ts';

/** An event of the journal names these many; its count is always right. */
const NAMED_MAX = 100;

export function createWorkspaceChanges(context: StoreContext): WorkspaceChangePort {
  const { write } = context;
  return {
    ...createAnchorChanges(context),

    addToWorkspace: ({ accountId, actor, now, certificates, lists }) =>
      write(now, async (unit) => {
        // In one order, as every transaction locks rows.
        const sorted = certificates.toSorted((one, other) =>
          one.certificate.sha256 < other.certificate.sha256 ? -1 : 1,
        );
        await insertKnown(
          unit.sql,
          sorted.map(({ certificate }) => certificate),
          now,
        );
        const added: Sha256Fingerprint[] = [];
        for (const { certificate, store, hasKeyElsewhere } of sorted) {
          const isNew = await addCertificate(unit, {
            account_id: accountId,
            sha256: certificate.sha256,
            store,
            has_key_elsewhere: hasKeyElsewhere ? 1 : 0,
            added_at: now.getTime(),
            removed_at: null,
          });
          if (isNew) added.push(certificate.sha256);
        }
        for (const { list } of lists) {
          await insertKnownList(unit.sql, list, now);
          const isNew = await addList(unit, {
            account_id: accountId,
            sha256: list.sha256,
            added_at: now.getTime(),
            removed_at: null,
          });
          if (isNew) added.push(list.sha256);
        }
        const all = [
          ...certificates.map(({ certificate, source, detail }) => ({
            sha256: certificate.sha256,
            source,
            detail,
          })),
          ...lists.map(({ list, source, detail }) => ({ sha256: list.sha256, source, detail })),
        ];
        await recordSources(
          unit,
          all.map(({ sha256, source, detail }) => ({
            account_id: accountId,
            sha256,
            kind: source,
            detail: storable(detail).slice(0, 200),
            at: now.getTime(),
          })),
        );
        await markDue(unit.sql, accountId, now);
        const count = new Set(all.map(({ sha256 }) => sha256)).size;
        unit.record(actor, {
          type: 'workspace-imported',
          accountId,
          sha256s: added.slice(0, NAMED_MAX),
          count: added.length,
          alreadyThere: count - added.length,
          source: all[0]?.source ?? 'file',
        });
        return { added: added.length, alreadyThere: count - added.length };
      }),

    removeFromWorkspace: ({ accountId, actor, now, sha256s }) =>
      write(now, async (unit) => {
        const removed: Sha256Fingerprint[] = [];
        for (const part of inParts(sha256s.toSorted())) {
          for (const table of TABLES) {
            const rows = await unit.sql
              .updateTable(table)
              .set({ removed_at: now.getTime() })
              .where('account_id', '=', accountId)
              .where('sha256', 'in', part)
              .where('removed_at', 'is', null)
              .returning('sha256')
              .execute();
            removed.push(...rows.map(({ sha256 }) => sha256));
          }
        }
        await markDue(unit.sql, accountId, now);
        if (removed.length > 0) record(unit, 'workspace-removed', accountId, actor, removed);
        return removed;
      }),

    restoreToWorkspace: ({ accountId, actor, now, sha256s }) =>
      write(now, async (unit) => {
        const restored: Sha256Fingerprint[] = [];
        for (const part of inParts(sha256s.toSorted())) {
          for (const table of TABLES) {
            const rows = await unit.sql
              .updateTable(table)
              .set({ removed_at: null })
              .where('account_id', '=', accountId)
              .where('sha256', 'in', part)
              .where('removed_at', 'is not', null)
              .returning('sha256')
              .execute();
            restored.push(...rows.map(({ sha256 }) => sha256));
          }
        }
        await markDue(unit.sql, accountId, now);
        if (restored.length > 0) record(unit, 'workspace-restored', accountId, actor, restored);
        return restored.length;
      }),

    moveToStore: ({ accountId, actor, now, sha256, store }) =>
      write(now, async (unit) => {
        const row = await unit.sql
          .updateTable('workspace_certificates')
          .set({ store })
          .where('account_id', '=', accountId)
          .where('sha256', '=', sha256)
          .where('removed_at', 'is', null)
          .returning('sha256')
          .executeTakeFirst();
        if (row === undefined) return 'missing';
        unit.record(actor, { type: 'workspace-moved', accountId, sha256, store });
        return 'moved';
      }),

    recordExport: ({ accountId, actor, now, sha256s, format }) =>
      write(now, async (unit) => {
        unit.record(actor, {
          type: 'workspace-exported',
          accountId,
          sha256s: sha256s.slice(0, NAMED_MAX),
          count: sha256s.length,
          format,
        });
      }),

    purgeRemoved: (before) =>
      write(before, async (unit) => {
        let purged = 0;
        for (const table of TABLES) {
          const rows = await unit.sql
            .deleteFrom(table)
            .where('removed_at', '<', before.getTime())
            .returning(['account_id', 'sha256'])
            .execute();
          for (const { account_id, sha256 } of rows) {
            await unit.sql
              .deleteFrom('certificate_sources')
              .where('account_id', '=', account_id)
              .where('sha256', '=', sha256)
              .execute();
          }
          purged += rows.length;
        }
        return purged;
      }),
  };
}

const TABLES = ['workspace_certificates', 'workspace_lists'] as const;

/** Whether it was not there, or had been removed. */
async function addCertificate({ sql }: UnitOfWork, row: WorkspaceCertificateRow): Promise<boolean> {
  const inserted = await sql
    .insertInto('workspace_certificates')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'sha256']).doNothing())
    .returning('sha256')
    .executeTakeFirst();
  if (inserted !== undefined) return true;
  const there = sql
    .updateTable('workspace_certificates')
    .where('account_id', '=', row.account_id)
    .where('sha256', '=', row.sha256);
  // The key turned up for what was another person's until now.
  if (row.has_key_elsewhere === 1) {
    await there.set({ store: row.store, has_key_elsewhere: 1 }).execute();
  }
  const restored = await there
    .set({ removed_at: null, added_at: row.added_at, store: row.store })
    .where('removed_at', 'is not', null)
    .returning('sha256')
    .executeTakeFirst();
  return restored !== undefined;
}

async function addList({ sql }: UnitOfWork, row: WorkspaceListRow): Promise<boolean> {
  const inserted = await sql
    .insertInto('workspace_lists')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'sha256']).doNothing())
    .returning('sha256')
    .executeTakeFirst();
  if (inserted !== undefined) return true;
  const restored = await sql
    .updateTable('workspace_lists')
    .set({ removed_at: null, added_at: row.added_at })
    .where('account_id', '=', row.account_id)
    .where('sha256', '=', row.sha256)
    .where('removed_at', 'is not', null)
    .returning('sha256')
    .executeTakeFirst();
  return restored !== undefined;
}

async function recordSources({ sql }: UnitOfWork, rows: readonly CertificateSourceRow[]): Promise<void> {
  const once = new Map(rows.map((row) => [`${row.sha256} ${row.kind} ${row.detail}`, row]));
  for (const part of inParts([...once.values()])) {
    await sql
      .insertInto('certificate_sources')
      .values([...part])
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'sha256', 'kind', 'detail'])
          .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })),
      )
      .execute();
  }
}

function record(
  unit: UnitOfWork,
  type: 'workspace-removed' | 'workspace-restored',
  accountId: AccountId,
  actor: Parameters<UnitOfWork['record']>[0],
  sha256s: readonly Sha256Fingerprint[],
): void {
  unit.record(actor, { type, accountId, sha256s: sha256s.slice(0, NAMED_MAX), count: sha256s.length });
}
