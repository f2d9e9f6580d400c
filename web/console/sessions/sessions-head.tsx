import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { useMe } from '../me.ts';
import classes from './sessions.module.css';

const VIEWS = [
  { view: 'now', to: '/sessions' },
  { view: 'history', to: '/sessions/history' },
] as const;

/** Heading of both views, and the way between them. */
export function SessionsHead({ view }: { readonly view: (typeof VIEWS)[number]['view'] }) {
  const { t } = useTranslation('sessions');
  const { productName } = useMe();
  return (
    <div className={classes.head}>
      <PageTitle title={t('title')} productName={productName} />
      <p className={classes.lead}>{view === 'now' ? t('lead') : t('history.lead')}</p>
      <nav className={classes.views} aria-label={t('tabs.label')}>
        {VIEWS.map((each) => (
          <Link
            key={each.view}
            to={each.to}
            className={classes.view}
            // The router would call /sessions current on /sessions/history as well.
            activeOptions={{ exact: true }}
            data-current={each.view === view}
            {...(each.view === view ? { 'aria-current': 'page' } : {})}
          >
            {t(`tabs.${each.view}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}
