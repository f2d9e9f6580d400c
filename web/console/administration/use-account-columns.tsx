import { useTranslation } from 'react-i18next';
import type { AccountItem } from '../../../src/console/administration/contract.ts';
import { formatDate, formatMoment } from '../../ui/dates.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../table/column.ts';
import { useServerNow } from '../use-server-now.ts';
import { StateMark } from './state-mark.tsx';

export function useAccountColumns(): readonly Column<AccountItem>[] {
  const { t } = useTranslation('administration');
  const now = useServerNow();
  return [
    {
      id: 'login',
      title: t('columns.login'),
      width: 'grow',
      shown: 'always',
      isSortable: true,
      render: ({ login }) => login,
    },
    {
      id: 'name',
      title: t('columns.name'),
      width: 'grow',
      onlyWide: true,
      render: ({ displayName }) => displayName,
    },
    {
      id: 'certificate',
      title: t('columns.certificate'),
      width: 16.5,
      render: ({ certificate }) => <StateMark certificate={certificate} />,
    },
    {
      id: 'status',
      title: t('columns.status'),
      width: 10.5,
      onlyWide: true,
      render: ({ status }) => (
        <StatusMark tone={status === 'active' ? 'valid' : 'invalid'} word={t(`status.${status}`)} />
      ),
    },
    {
      id: 'role',
      title: t('columns.role'),
      width: 9.5,
      onlyWide: true,
      render: ({ role }) => t(`role.${role}`),
    },
    {
      id: 'signed-in',
      title: t('columns.signedIn'),
      width: 10.5,
      onlyWide: true,
      render: ({ signedInAt }) => (signedInAt === null ? t('never') : formatMoment(signedInAt, now)),
    },
    {
      id: 'created',
      title: t('columns.created'),
      width: 8,
      shown: 'later',
      onlyWide: true,
      isSortable: true,
      render: ({ createdAt }) => formatDate(createdAt),
    },
  ];
}
