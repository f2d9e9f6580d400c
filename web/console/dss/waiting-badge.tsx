import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './dss.module.css';
import { isRunning, useAttempts } from './dss-api.ts';

/**
 * How many sign-ins were begun and wait for the person. A sign-in that has only run out is none of them: that happens
 * every few minutes.
 */
export function WaitingBadge() {
  const { t } = useTranslation('dss');
  const count =
    useAttempts().data?.attempts.filter((each) => isRunning(each) && each.state.kind !== 'working').length ??
    0;
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      {count}
      <VisuallyHidden> {t('badge', { count })}</VisuallyHidden>
    </span>
  );
}
