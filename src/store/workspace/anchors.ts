import type { WorkspaceChangePort } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { markDue } from './mark-due.ts';

/** What a person, or an administrator for everybody, has chosen to trust. */
export function createAnchorChanges({
  write,
}: StoreContext): Pick<WorkspaceChangePort, 'installAnchor' | 'withdrawAnchor'> {
  return {
    installAnchor: ({ accountId, actor, now, sha256, scope }) =>
      write(now, async (unit) => {
        const certificate = await unit.sql
          .selectFrom('workspace_certificates')
          .innerJoin('known_certificates', 'known_certificates.sha256', 'workspace_certificates.sha256')
          .select('is_ca')
          .where('workspace_certificates.account_id', '=', accountId)
          .where('workspace_certificates.sha256', '=', sha256)
          .where('removed_at', 'is', null)
          .executeTakeFirst();
        if (certificate === undefined) return 'missing';
        if (certificate.is_ca !== 1) return 'not-an-authority';
        const values = { installed_by: accountId, installed_at: now.getTime(), withdrawn_at: null };
        await unit.sql
          .insertInto('trust_anchors')
          .values({ account_id: scope === 'own' ? accountId : '', sha256, ...values })
          .onConflict((conflict) => conflict.columns(['account_id', 'sha256']).doUpdateSet(values))
          .execute();
        await markDue(unit.sql, scope === 'own' ? accountId : undefined, now);
        unit.record(actor, { type: 'trust-anchor-installed', accountId, sha256, scope });
        return 'installed';
      }),

    withdrawAnchor: ({ accountId, actor, now, sha256, scope }) =>
      write(now, async (unit) => {
        const row = await unit.sql
          .updateTable('trust_anchors')
          .set({ withdrawn_at: now.getTime() })
          .where('account_id', '=', scope === 'own' ? accountId : '')
          .where('sha256', '=', sha256)
          .where('withdrawn_at', 'is', null)
          .returning('sha256')
          .executeTakeFirst();
        if (row === undefined) return 'missing';
        await markDue(unit.sql, scope === 'own' ? accountId : undefined, now);
        unit.record(actor, { type: 'trust-anchor-withdrawn', accountId, sha256, scope });
        return 'withdrawn';
      }),
  };
}
