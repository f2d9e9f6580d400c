import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../../src/console/events/contract.ts';
import { formatDate, formatMoment } from '../../ui/dates.ts';
import { Notice, type Tone } from '../../ui/notice.tsx';
import { useDssEventText } from '../dss/use-event-text.ts';
import { EmptyState } from '../empty-state.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { useCategory } from '../status/use-reason.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './events.module.css';
import { useEvents, useRead } from './events-api.ts';

/** New ones first, then those that were read, each with its action. */
export function EventList({ onLeave }: { readonly onLeave?: () => void }) {
  const { t } = useTranslation('events');
  const query = useEvents();
  const read = useRead();
  if (query.isError && query.data === undefined) {
    return <LoadFault error={query.error} onRetry={() => void query.refetch()} />;
  }
  const events = query.data?.events ?? [];
  const groups = [
    { title: t('isNew'), events: events.filter(({ isRead }) => !isRead) },
    { title: t('earlier'), events: events.filter(({ isRead }) => isRead) },
  ].filter((group) => group.events.length > 0);
  return (
    <div className={classes.list}>
      <Group gap="sm">
        <Button
          component={Link}
          to="/journal"
          variant="default"
          size="sm"
          {...(onLeave && { onClick: onLeave })}
        >
          {t('toJournal')}
        </Button>
        {(query.data?.unread ?? 0) > 0 && (
          <Button variant="subtle" size="sm" loading={read.isPending} onClick={() => read.mutate(undefined)}>
            {t('readAll')}
          </Button>
        )}
      </Group>
      <ActionProblem error={read.error} />
      {query.data !== undefined && groups.length === 0 && (
        <EmptyState title={t('empty')} text={t('emptyText')} />
      )}
      {groups.map((group) => (
        <section key={group.title} className={classes.list}>
          <h3 className={classes.heading}>{group.title}</h3>
          {group.events.map((event) => (
            <EventCard
              key={`${event.kind} ${event.id}`}
              event={event}
              onRead={() => read.mutate([event.id])}
              {...(onLeave && { onLeave })}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

const TONES: Readonly<Record<string, Tone>> = {
  expires: 'attention',
  'certificate-revoked': 'invalid',
  'certificate-status': 'invalid',
  'fetch-failed': 'attention',
  'dss-failed': 'invalid',
};

interface EventCardProps {
  readonly event: EventView;
  readonly onRead: () => void;
  readonly onLeave?: () => void;
}

function EventCard({ event, onRead, onLeave }: EventCardProps) {
  const { t } = useTranslation('events');
  const now = useServerNow();
  const title = useEventText()(event);
  return (
    <Notice tone={TONES[event.kind] ?? 'quiet'} title={title}>
      <p className={classes.when}>
        {formatMoment(event.at, now)}
        {event.count > 1 && ` · ${t('times', { count: event.count })}`}
      </p>
      <Group gap="sm">
        <EventAction event={event} {...(onLeave && { onLeave })} />
        {!event.isRead && (
          <Button variant="subtle" size="compact-sm" onClick={onRead}>
            {t('read')}
          </Button>
        )}
      </Group>
    </Notice>
  );
}

function useEventText(): (event: EventView) => string {
  const { t } = useTranslation('events');
  const categoryOf = useCategory();
  const dssTextOf = useDssEventText();
  return ({ kind, payload }) => {
    switch (kind) {
      case 'expires': {
        const at = payload.at === undefined ? '–' : formatDate(payload.at);
        return payload.about === 'access-certificate'
          ? t('kinds.expiresAccess', { at })
          : t('kinds.expires', { at });
      }
      case 'certificate-revoked':
        return t('kinds.revoked', { name: payload.name ?? '–' });
      case 'certificate-status':
        return t('kinds.status', { name: payload.name ?? '–' });
      case 'fetch-failed':
        return t('kinds.fetchFailed', { url: payload.url ?? '–', category: categoryOf(payload.category) });
      case 'dss-failed':
        return dssTextOf(payload);
      default:
        // Of another part, or of a newer server: it brings its own words.
        return payload.text ?? kind;
    }
  };
}

function EventAction({ event, onLeave }: { readonly event: EventView; readonly onLeave?: () => void }) {
  const { t } = useTranslation('events');
  const { replaceUrl } = useReplaceUrl();
  const leave = onLeave ? { onClick: onLeave } : {};
  if (event.kind === 'expires' && event.payload.about === 'access-certificate') {
    return (
      <Button component="a" href={replaceUrl} size="compact-sm" variant="default">
        {t('replace')}
      </Button>
    );
  }
  const sha256 =
    event.payload.sha256 ?? (event.kind === 'expires' ? event.payload.id?.slice(0, 64) : undefined);
  if (sha256 !== undefined) {
    return (
      <Button component={Link} to={`/certificates/${sha256}`} size="compact-sm" variant="default" {...leave}>
        {t('open')}
      </Button>
    );
  }
  return (
    <Button component={Link} to="/health" size="compact-sm" variant="default" {...leave}>
      {t('health')}
    </Button>
  );
}

function useReplaceUrl() {
  const { portalOrigin } = useMe();
  return { replaceUrl: `${portalOrigin}/replace` };
}
