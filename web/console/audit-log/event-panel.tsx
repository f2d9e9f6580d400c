import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditLogEvent } from '../../../src/console/audit-log/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { CopyableHex } from '../copyable-hex.tsx';
import { useEventTitle } from '../event-titles/event-title.ts';
import { LoadFault } from '../faults/fault-message.tsx';
import { Facts } from '../panel/facts.tsx';
import classes from './audit-log.module.css';
import { useAuditLogEvent } from './audit-log-api.ts';
import { type DetailLine, useChanges, useDetails } from './present-details.ts';

/** One line of the journal with everything that is in it. */
export function EventPanel({ sequence }: { readonly sequence: string }) {
  const { t } = useTranslation('audit-log');
  const query = useAuditLogEvent(sequence);
  if (query.isError) {
    return problemCode(query.error) === 'not-found' ? (
      <Notice tone="quiet" title={t('gone')}>
        <p>{t('goneText')}</p>
      </Notice>
    ) : (
      <LoadFault error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  return query.data === undefined ? <Skeleton height={240} /> : <Content event={query.data} />;
}

function Content({ event }: { readonly event: AuditLogEvent }) {
  const { t } = useTranslation('audit-log');
  const titleOf = useEventTitle();
  const detailsOf = useDetails();
  const changesOf = useChanges();
  const { actor, person, details } = event;
  const nameOf = ({ login, displayName }: { login: string; displayName: string }) =>
    displayName === '' ? login : `${login} · ${displayName}`;
  const { decisionId } = details;
  return (
    <>
      <Facts
        items={[
          { name: t('columns.what'), value: titleOf(event.type) },
          { name: t('columns.when'), value: formatDateTime(event.at) },
          {
            name: t('columns.who'),
            value: actor.kind === 'account' ? nameOf(actor.person) : t(`actors.${actor.kind}`),
          },
          ...(person === null ? [] : [{ name: t('columns.about'), value: nameOf(person) }]),
          ...changesOf(event),
          ...detailsOf(event).map((line) => ({ name: line.name, value: <Value line={line} /> })),
        ]}
      />
      <div className={classes.links}>
        {event.type === 'entry-refused' && typeof decisionId === 'string' && (
          <Link to={`/admin/refusals/${decisionId}`}>{t('toRefusal')}</Link>
        )}
        {person !== null && <Link to={`/admin/accounts/${person.id}`}>{t('toAccount')}</Link>}
      </div>
      <section>
        <h3>{t('raw')}</h3>
        <pre className={classes.raw}>{JSON.stringify({ type: event.type, ...details }, null, 2)}</pre>
      </section>
    </>
  );
}

/** Serial numbers and fingerprints are compared and copied; everything else is read. */
function Value({ line: { name, value } }: { readonly line: DetailLine }) {
  return /^[0-9a-f]{16,64}$/.test(value) ? <CopyableHex hex={value} what={name} /> : value;
}
