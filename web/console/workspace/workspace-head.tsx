import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { StoresView } from '../../../src/console/workspace/contract.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { useMe } from '../me.ts';
import { DropAnywhere } from './drop-anywhere.tsx';
import { ImportButton } from './import-button.tsx';
import classes from './workspace.module.css';
import { useStores } from './workspace-api.ts';

type StoreName = StoresView['stores'][number]['store'] | 'all';
const STORES: readonly StoreName[] = ['all', 'personal', 'others', 'authorities', 'revocation-lists'];

/** Heading, «Импортировать», and the stores: all of them always, with what is in them. */
export function WorkspaceHead({ store }: { readonly store: StoreName }) {
  const { t } = useTranslation('workspace');
  const { productName } = useMe();
  const stores = useStores().data?.stores;
  const sum = (name: StoreName, what: 'count' | 'problems') =>
    stores
      ?.filter((each) => (name === 'all' ? each.store !== 'revocation-lists' : each.store === name))
      .reduce((total, each) => total + each[what], 0);
  return (
    <div className={classes.head}>
      <div className={classes.titleRow}>
        <PageTitle title={t('title')} productName={productName} />
        <ImportButton />
      </div>
      <nav className={classes.stores} aria-label={t('stores.label')}>
        {STORES.map((name) => {
          const problems = sum(name, 'problems') ?? 0;
          return (
            <Link
              key={name}
              to={name === 'revocation-lists' ? '/certificates/lists' : '/certificates'}
              search={name === 'all' || name === 'revocation-lists' ? {} : { store: name }}
              className={classes.store}
              activeOptions={{ exact: true, includeSearch: true }}
              {...(name === store ? { 'aria-current': 'page' as const } : { 'aria-current': undefined })}
            >
              {t(`stores.${name}`)}
              <span className={classes.count}>{sum(name, 'count') ?? ''}</span>
              {problems > 0 && (
                <span className={classes.problems} title={t('stores.problems', { count: problems })}>
                  {problems}
                </span>
              )}
            </Link>
          );
        })}
      </nav>
      <DropAnywhere />
    </div>
  );
}
