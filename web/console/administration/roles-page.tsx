import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RolesView } from '../../../src/console/administration/contract.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { useConsole } from '../console-context.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import classes from './administration.module.css';

/** The table that the server asks. */
export function RolesPage() {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const { productName, locale } = useMe();
  const query = useQuery({
    queryKey: ['roles', locale],
    queryFn: ({ signal }) => http.get<RolesView>('/api/administration/roles', signal),
  });
  return (
    <ListWithPanel panel={undefined}>
      <PageTitle title={t('roles.title')} productName={productName} />
      <p className={classes.lead}>{t('roles.lead')}</p>
      {query.isError && <LoadFault error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('roles.act')}</th>
              <th scope="col">{t('role.operator')}</th>
              <th scope="col">{t('role.administrator')}</th>
            </tr>
          </thead>
          <tbody>
            {query.data.permissions.map(({ name, title, operator, administrator }) => (
              <tr key={name}>
                <th scope="row">{title}</th>
                <td>{t(`roles.${operator}`)}</td>
                <td>{t(`roles.${administrator}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListWithPanel>
  );
}
