import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HealthGroup, ReasonCode, StatusView } from '../../../src/console/status/contract.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { FixButtons } from './fix-buttons.tsx';
import classes from './status.module.css';
import { useHealth, useRecheckAll } from './status-api.ts';
import { TONES } from './status-block.tsx';
import { useReason } from './use-reason.ts';

/** «Состояние»: what is wrong, one cause each. */
export function HealthPage() {
  const { t } = useTranslation('status');
  const { productName } = useMe();
  const query = useHealth();
  const recheck = useRecheckAll();
  const checking = query.data?.counts.checking ?? 0;
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.page}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>{t('lead')}</p>
        <Group>
          <Button variant="default" loading={recheck.isPending} onClick={() => recheck.mutate()}>
            {t('checkAll')}
          </Button>
          <Button variant="subtle" component="a" href="/api/status/calendar.ics" download>
            {t('calendar')}
          </Button>
        </Group>
        <ActionProblem error={recheck.error} />
        {checking > 0 && <StatusMark tone="checking" word={t('checkingText', { count: checking })} />}
        {query.isError && query.data === undefined && (
          <LoadFault error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data?.groups.length === 0 && checking === 0 && (
          <EmptyState title={t('fine')} text={t('fineText')} />
        )}
        {query.data?.groups.map((group) => (
          <Cause key={group.key} group={group} />
        ))}
      </div>
    </ListWithPanel>
  );
}

function Cause({ group }: { readonly group: HealthGroup }) {
  const { t } = useTranslation('status');
  const reasonOf = useReason();
  const told = reasonOf(group.reason, group);
  const [first] = group.certificates;
  const rest = group.count - group.certificates.length;
  return (
    <section className={classes.group}>
      <StatusMark
        tone={TONES[stateOf(group.reason)]}
        word={told.title}
        reason={t('count', { count: group.count })}
      />
      <p>{told.what}</p>
      <p>
        <strong>{t('todo')}: </strong>
        {told.todo}
      </p>
      {first !== undefined && <FixButtons fixes={group.fixes} sha256={first.sha256} />}
      <ul className={classes.members}>
        {group.certificates.map(({ sha256, owner }) => (
          <li key={sha256}>
            <Link to={`/certificates/${sha256}`}>{owner}</Link>
          </li>
        ))}
        {rest > 0 && <li className={classes.dimmed}>{t('more', { count: rest })}</li>}
      </ul>
    </section>
  );
}

const INVALID: ReadonlySet<ReasonCode> = new Set([
  'revoked',
  'on-hold',
  'issuer-revoked',
  'signature-wrong',
  'expired',
  'not-yet-valid',
  'issuer-expired',
  'signature-weak',
  'issuer-not-allowed',
  'rules-broken',
  'contents-unusable',
]);

function stateOf(reason: ReasonCode): StatusView['state'] {
  if (reason === 'expires-soon') return 'valid-expires-soon';
  return INVALID.has(reason) ? 'invalid' : 'unknown';
}
