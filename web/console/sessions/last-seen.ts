import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../../src/console/sessions/contract.ts';
import { formatMoment } from '../../ui/dates.ts';
import { useServerNow } from '../use-server-now.ts';

const HOUR_MINUTES = 60;

/** «сейчас» for this one; the server notes the others at most once a minute. */
export function useLastSeen(): (session: SessionItem) => string {
  const { t } = useTranslation('sessions');
  const now = useServerNow();
  return ({ isCurrent, lastSeenAt }) => {
    const minutes = Math.floor((now.getTime() - new Date(lastSeenAt).getTime()) / 60_000);
    if (isCurrent || minutes <= 1) return t('now');
    return minutes < HOUR_MINUTES ? t('minutesAgo', { count: minutes }) : formatMoment(lastSeenAt, now);
  };
}
