import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView } from '../../../src/portal/contract.ts';
import classes from './application-list.module.css';

interface ApplicationListProps {
  readonly applications: readonly ApplicationView[];
  readonly canEnter: boolean;
}

export function ApplicationList({ applications, canEnter }: ApplicationListProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h2 className={classes.title}>{t('home.applications')}</h2>
      {applications.length === 0 ? (
        <p className={classes.none}>{t('home.applicationsNone')}</p>
      ) : (
        <ul className={classes.applications}>
          {applications.map(({ id, name, homeUrl }) => (
            <li key={id} className={classes.application}>
              <span className={classes.name}>{name}</span>
              <Button
                component="a"
                href={homeUrl}
                size="sm"
                className={classes.open}
                variant={canEnter ? 'filled' : 'default'}
                rightSection={<IconArrowRight size={18} aria-hidden="true" />}
                aria-label={`${t('home.open')}: ${name}`}
              >
                {t('home.open')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
