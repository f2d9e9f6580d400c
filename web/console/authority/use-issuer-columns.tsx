import { useTranslation } from 'react-i18next';
import type { IssuerView } from '../../../src/console/authority/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../table/column.ts';
import { useServerNow } from '../use-server-now.ts';

export function IssuerState({ issuer }: { readonly issuer: IssuerView }) {
  const { t } = useTranslation('authority');
  const now = useServerNow();
  if (new Date(issuer.notAfter) < now) return <StatusMark tone="invalid" word={t('states.ended')} />;
  if (issuer.status === 'retired') {
    return <StatusMark tone="unknown" word={t('states.retired')} reason={t('states.retiredReason')} />;
  }
  return <StatusMark tone="valid" word={issuer.role === 'root' ? t('states.root') : t('states.signs')} />;
}

export function useIssuerColumns(): readonly Column<IssuerView>[] {
  const { t } = useTranslation('authority');
  return [
    {
      id: 'name',
      title: t('columns.name'),
      width: 'grow',
      shown: 'always',
      render: ({ subject, role }) => `${subject} (${t(`roles.${role}`)})`,
    },
    {
      id: 'state',
      title: t('columns.state'),
      width: 11,
      shown: 'always',
      render: (issuer) => <IssuerState issuer={issuer} />,
    },
    {
      id: 'until',
      title: t('columns.until'),
      width: 8,
      render: ({ notAfter }) => formatDate(notAfter),
    },
    {
      id: 'list',
      title: t('columns.list'),
      width: 12,
      onlyWide: true,
      render: ({ list }) =>
        list === null
          ? t('listNone')
          : t(list.isOverdue ? 'listOverdue' : 'list', {
              number: list.number,
              until: formatDate(list.nextUpdate),
            }),
    },
    {
      id: 'key',
      title: t('columns.key'),
      width: 13,
      onlyWide: true,
      render: ({ hasKey }) => (hasKey ? t('keyHere') : t('keyAway')),
    },
    {
      id: 'certificates',
      title: t('columns.certificates'),
      width: 8,
      align: 'end',
      onlyWide: true,
      render: ({ certificates }) => String(certificates),
    },
  ];
}
