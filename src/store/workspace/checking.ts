import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { CheckingPort, DueCheck, LetterOf } from '../../workspace/status/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf, storable } from '../row-values.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { readAnswers, readFetches, wishFor } from './fetch-wishes.ts';
import { readListDer } from './lists.ts';
import { markNew, markRevokedAccess } from './mark-due.ts';
import { insertNotification } from './notification-rows.ts';
import { queueLetter, wasTold } from './revocation-letter.ts';

/** Of one issuer's lists the newest: complete ones, for some reasons each, and delta lists. */
const LISTS_OF_ISSUERS = 16;

export function createCheckingPort(context: StoreContext): CheckingPort {
  const { reader, write, random } = context;
  return {
    async claimDueChecks(now, limit, leaseSeconds) {
      const at = now.getTime();
      const due = await reader
        .selectFrom('certificate_checks')
        .select('sha256')
        .where('due_at', '<=', at)
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return [];
      const leaseUntil = at + leaseSeconds * 1000;
      const claimed = await write(now, async ({ sql }) => {
        const rows = await sql
          .selectFrom('certificate_checks')
          .select(['account_id', 'sha256', 'state', 'reason'])
          .where('due_at', '<=', at)
          .orderBy('due_at')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute();
        for (const { account_id, sha256 } of rows) {
          await sql
            .updateTable('certificate_checks')
            .set({ due_at: leaseUntil })
            .where('account_id', '=', account_id)
            .where('sha256', '=', sha256)
            .execute();
        }
        return rows;
      });
      const found: DueCheck[] = [];
      for (const row of claimed) {
        const issued = await findIssued(context, row.account_id, row.sha256);
        if (issued !== undefined) {
          const { state, reason } = row;
          found.push({
            ...issued,
            accountId: row.account_id,
            sha256: row.sha256,
            store: 'personal' as const,
            leaseUntil,
            previous: { state, reason: reason ?? undefined },
          });
          continue;
        }
        const mine = await reader
          .selectFrom('workspace_certificates as mine')
          .innerJoin('known_certificates as known', 'known.sha256', 'mine.sha256')
          .select(['known.der', 'mine.store'])
          .where('mine.account_id', '=', row.account_id)
          .where('mine.sha256', '=', row.sha256)
          .where('mine.removed_at', 'is', null)
          .executeTakeFirst();
        if (mine === undefined) {
          await forget(context, row.account_id, row.sha256, now);
          continue;
        }
        found.push({
          accountId: row.account_id,
          sha256: row.sha256,
          der: bytesOf(mine.der),
          store: mine.store,
          previous: { state: row.state, reason: row.reason ?? undefined },
          leaseUntil,
          access: undefined,
        });
      }
      return found;
    },

    async readAuthorities() {
      const rows = await reader.selectFrom('issuers').select('certificate_der').execute();
      return rows.map((row) => bytesOf(row.certificate_der));
    },

    async readAnchors(accountId) {
      const rows = await reader
        .selectFrom('trust_anchors as anchor')
        .innerJoin('known_certificates as known', 'known.sha256', 'anchor.sha256')
        .select(['known.sha256', 'known.der'])
        .where('anchor.account_id', 'in', [accountId, ''])
        .where('anchor.withdrawn_at', 'is', null)
        .execute();
      return rows.map(({ sha256, der }) => ({ sha256, der: bytesOf(der) }));
    },

    async readNamed(accountId, subjectKey) {
      const rows = await reader
        .selectFrom('known_certificates as known')
        .select(['known.sha256', 'known.der', 'known.issuer_key'])
        .where('known.subject_key', '=', subjectKey)
        .where((eb) =>
          eb.or([
            eb.exists(
              eb
                .selectFrom('workspace_certificates as mine')
                .select('mine.sha256')
                .where('mine.account_id', '=', accountId)
                .whereRef('mine.sha256', '=', 'known.sha256')
                .where('mine.removed_at', 'is', null),
            ),
            eb.exists(
              eb
                .selectFrom('trust_anchors as anchor')
                .select('anchor.sha256')
                .where('anchor.account_id', '=', '')
                .whereRef('anchor.sha256', '=', 'known.sha256')
                .where('anchor.withdrawn_at', 'is', null),
            ),
          ]),
        )
        .orderBy('known.not_after', 'desc')
        .limit(20)
        .execute();
      return rows.map(({ sha256, der, issuer_key }) => ({
        sha256,
        der: bytesOf(der),
        issuerKey: issuer_key,
      }));
    },

    async findLists(accountId, issuerKeys) {
      if (issuerKeys.length === 0) return [];
      return reader
        .selectFrom('workspace_lists as mine')
        .innerJoin('known_lists as known', 'known.sha256', 'mine.sha256')
        .select(['known.sha256', 'known.size'])
        .where('mine.account_id', '=', accountId)
        .where('mine.removed_at', 'is', null)
        .where('known.issuer_key', 'in', [...issuerKeys])
        .orderBy('known.this_update', 'desc')
        .limit(LISTS_OF_ISSUERS)
        .execute();
    },

    readListDer: (sha256) => readListDer(reader, sha256),
    readFetches: (urls) => readFetches(context, urls),
    readAnswers: (urls) => readAnswers(context, urls),
    wishFor: (accountId, wishes, now) => wishFor(context, accountId, wishes, now, 'when-due'),

    recordCheck: ({ due, state, detail, now, dueAt, letterOf }) =>
      write(now, async (unit) => {
        const { accountId, sha256, previous } = due;
        const updated = await unit.sql
          .updateTable('certificate_checks')
          .set({
            state,
            reason: detail.reason ?? null,
            detail: storable(JSON.stringify(detail)),
            checked_at: now.getTime(),
            // What changed while it was checked is looked at in the next turn.
            due_at: (eb) =>
              eb
                .case()
                .when('due_at', '=', due.leaseUntil)
                .then(dueAt.getTime())
                .else(eb.ref('due_at'))
                .end(),
          })
          .where('account_id', '=', accountId)
          .where('sha256', '=', sha256)
          .returning('sha256')
          .executeTakeFirst();
        if (updated === undefined) return;
        const isSame = previous.state === state && previous.reason === detail.reason;
        if (isSame) return;
        if (previous.state !== 'checking') {
          unit.record(
            { kind: 'system' },
            {
              type: 'certificate-status-changed',
              accountId,
              sha256,
              from: previous.state,
              to: state,
              ...(detail.reason && { reason: detail.reason }),
            },
          );
        }
        const about = { accountId, sha256, store: due.store, previous: previous.state };
        // Who revokes what was issued here tells its owner otherwise.
        await tell(unit, about, detail, due.access === undefined ? letterOf : undefined);
      }),

    sweepUnchecked: (now) =>
      write(
        now,
        async ({ sql }) => (await markNew(sql, undefined, now)) + (await markRevokedAccess(sql, now)),
      ),
  };

  /** What a person must know without looking: one of theirs was revoked, or does not count any more. */
  async function tell(
    unit: UnitOfWork,
    about: { accountId: AccountId; sha256: string; store: string; previous: string },
    detail: Parameters<CheckingPort['recordCheck']>[0]['detail'],
    letterOf: LetterOf | undefined,
  ): Promise<void> {
    if (about.store !== 'personal') return;
    const { reason } = detail;
    const isRevoked = reason === 'revoked' || reason === 'on-hold' || reason === 'issuer-revoked';
    const hasTurned = about.previous === 'valid' || about.previous === 'valid-expires-soon';
    if (reason === undefined || reason === 'expires-soon' || !(isRevoked || hasTurned)) return;
    const name = detail.chain.at(-1)?.name ?? '';
    const { accountId } = about;
    const kind = isRevoked ? 'certificate-revoked' : 'certificate-status';
    const groupKey = `${about.sha256}:${reason}`;
    if (isRevoked && letterOf !== undefined && !(await wasTold(unit, accountId, kind, groupKey))) {
      await queueLetter(context, unit, accountId, letterOf);
    }
    await insertNotification(unit, random, {
      accountId,
      kind,
      groupKey,
      payload: { sha256: about.sha256, name, reason, ...(detail.facts.at && { at: detail.facts.at }) },
    });
  }
}

/** The person's current certificate for signing in. */
async function findIssued(
  { reader }: StoreContext,
  accountId: AccountId,
  sha256: Sha256Fingerprint,
): Promise<Pick<DueCheck, 'der' | 'access'> | undefined> {
  const row = await reader
    .selectFrom('accounts')
    .innerJoin('access_certificates as issued', 'issued.id', 'accounts.current_certificate_id')
    .select([
      'issued.certificate_der',
      'issued.status',
      'issued.status_changed_at',
      'issued.revocation_reason',
    ])
    .where('accounts.id', '=', accountId)
    .where('issued.sha256_fingerprint', '=', sha256)
    .executeTakeFirst();
  return (
    row && {
      der: bytesOf(row.certificate_der),
      access: {
        status: row.status,
        statusChangedAt: dateOf(row.status_changed_at),
        revocationReason: row.revocation_reason ?? undefined,
      },
    }
  );
}

async function forget(
  { write }: StoreContext,
  accountId: AccountId,
  sha256: Sha256Fingerprint,
  now: Date,
): Promise<void> {
  await write(now, ({ sql }) =>
    sql
      .deleteFrom('certificate_checks')
      .where('account_id', '=', accountId)
      .where('sha256', '=', sha256)
      .execute(),
  );
}
