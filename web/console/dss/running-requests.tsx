import { IconDeviceMobileMessage } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatCountdown } from '../../ui/dates.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './dss.module.css';
import { isRunning, useAttempts } from './dss-api.ts';

/** In the top bar of every page, only while a DSS waits for the person. */
export function RunningRequests() {
  const { t } = useTranslation('dss');
  const attempt = useAttempts().data?.attempts.find(isRunning);
  const now = useServerNow(1_000);
  if (attempt === undefined) return null;
  const { state } = attempt;
  const words =
    state.kind === 'waiting'
      ? t('request.waitingShort', {
          time: formatCountdown((Date.parse(state.expiresAt) - now.getTime()) / 1_000),
        })
      : t('request.answerShort');
  return (
    <Link className={classes.running} to={`/dss/requests/${attempt.id}`} title={words}>
      <IconDeviceMobileMessage size={20} aria-hidden="true" />
      <span className={classes.runningWords}>{words}</span>
    </Link>
  );
}
