import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { StatusPort, StatusRow } from '../../workspace/status/ports.ts';
import type { StatusDetail } from '../../workspace/status/status-detail.ts';
import type { CheckState } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { dateOf } from '../row-values.ts';
import { readKnown } from './chain-certificates.ts';
import { entriesOf } from './entries.ts';
import { readFetches, wishFor } from './fetch-wishes.ts';
import { markDue, markNew } from './mark-due.ts';
import { inParts } from './workspace.ts';

const MOST_PROBLEMS = 10_000;

export function createStatusPort(context: StoreContext): StatusPort {
  const { reader, write } = context;
  const select = (accountId: AccountId) =>
    entriesOf(reader, accountId).select([
      'entries.sha256',
      'known_certificates.owner',
      'known_certificates.not_after',
      'entries.store',
      'certificate_checks.state',
      'certificate_checks.reason',
      'certificate_checks.detail',
      'certificate_checks.checked_at',
    ]);

  return {
    async findStatus(accountId, sha256) {
      const row = await select(accountId).where('entries.sha256', '=', sha256).executeTakeFirst();
      return row && statusOf(row);
    },

    async listProblems(accountId) {
      const rows = await select(accountId)
        .where('certificate_checks.state', 'in', ['unknown', 'invalid', 'valid-expires-soon'])
        .orderBy('owner_sort')
        .limit(MOST_PROBLEMS)
        .execute();
      return rows.map(statusOf);
    },

    async countStates(accountId) {
      const rows = await entriesOf(reader, accountId)
        .select((eb) => ['certificate_checks.state', eb.fn.countAll().as('count')])
        .groupBy('certificate_checks.state')
        .execute();
      const count = (state: CheckState) =>
        rows
          .filter((row) => (row.state ?? 'checking') === state)
          .reduce((sum, row) => sum + Number(row.count), 0);
      return {
        checking: count('checking'),
        valid: count('valid'),
        'valid-expires-soon': count('valid-expires-soon'),
        unknown: count('unknown'),
        invalid: count('invalid'),
      };
    },

    readFetches: (urls) => readFetches(context, urls),
    readKnown: (accountId, sha256s) => readKnown(context, accountId, sha256s),

    requestChecks: (accountId, sha256s, now) =>
      write(now, async ({ sql }) => {
        if (sha256s === undefined) return markDue(sql, accountId, now);
        await markNew(sql, accountId, now);
        let count = 0;
        for (const part of inParts(sha256s)) count += await markDue(sql, accountId, now, part);
        return count;
      }),

    async countChecked(accountId, sha256s, since) {
      let count = 0;
      let done = 0;
      for (const part of inParts([...new Set(sha256s)])) {
        const rows = await entriesOf(reader, accountId)
          .select('certificate_checks.checked_at')
          .where('entries.sha256', 'in', part)
          .execute();
        count += rows.length;
        done += rows.filter(({ checked_at }) => Number(checked_at ?? 0) >= since.getTime()).length;
      }
      return { count, done };
    },

    requestFetches: (accountId, wishes, now) => wishFor(context, accountId, wishes, now, 'at-once'),
  };
}

interface SelectedRow {
  readonly sha256: Sha256Fingerprint;
  readonly owner: string;
  readonly not_after: number;
  readonly store: StatusRow['store'];
  readonly state: CheckState | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly checked_at: number | null;
}

function statusOf(row: SelectedRow): StatusRow {
  return {
    sha256: row.sha256,
    owner: row.owner,
    notAfter: dateOf(row.not_after),
    store: row.store,
    state: row.state ?? 'checking',
    reason: row.reason ?? undefined,
    // Written by this program and by nobody else.
    detail: row.detail ? (JSON.parse(row.detail) as StatusDetail) : undefined,
    checkedAt: row.checked_at ? dateOf(row.checked_at) : undefined,
  };
}
