import { IconCloud } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateItem } from '../../../src/console/workspace/contract.ts';
import { daysUntil, formatDate } from '../../ui/dates.ts';
import { StatusMark, type StatusTone } from '../../ui/status-mark.tsx';
import type { Column } from '../table/column.ts';
import { useServerNow } from '../use-server-now.ts';
import { useNames } from './names.ts';
import classes from './workspace.module.css';

const TONES = {
  checking: 'checking',
  valid: 'valid',
  'valid-expires-soon': 'attention',
  unknown: 'unknown',
  invalid: 'invalid',
} as const satisfies Record<CertificateItem['state'], StatusTone>;
const SOON_DAYS = 30;

export function CertificateStatus({ state }: Pick<CertificateItem, 'state'>) {
  const { t } = useTranslation('workspace');
  return <StatusMark tone={TONES[state]} word={t(`states.${state}`)} />;
}

export function DaysLeft({ notAfter }: Pick<CertificateItem, 'notAfter'>) {
  const { t } = useTranslation('workspace');
  const now = useServerNow();
  const days = daysUntil(notAfter, now);
  const isOver = new Date(notAfter) < now;
  return (
    <span className={isOver || days <= SOON_DAYS ? classes.late : undefined}>
      {isOver ? t('details.ended') : t('details.daysLeft', { count: days })}
    </span>
  );
}

export function useCertificateColumns(): readonly Column<CertificateItem>[] {
  const { t } = useTranslation('workspace');
  const names = useNames();
  return [
    {
      id: 'owner',
      title: t('columns.owner'),
      width: 'grow',
      shown: 'always',
      isSortable: true,
      render: ({ owner, sources }) => (
        <span className={classes.owner} title={owner}>
          {sources.includes('dss') && (
            <IconCloud className={classes.cloud} size={18} aria-label={t('sources.dss')} />
          )}
          <span className={classes.ownerName}>{owner}</span>
        </span>
      ),
    },
    { id: 'status', title: t('columns.status'), width: 11, render: (row) => <CertificateStatus {...row} /> },
    {
      id: 'not-after',
      title: t('columns.notAfter'),
      width: 8.5,
      isSortable: true,
      render: ({ notAfter }) => formatDate(notAfter),
    },
    {
      id: 'days-left',
      title: t('columns.daysLeft'),
      width: 8.5,
      onlyWide: true,
      align: 'end',
      render: (row) => <DaysLeft {...row} />,
    },
    {
      id: 'organisation',
      title: t('columns.organisation'),
      width: 14,
      onlyWide: true,
      isSortable: true,
      render: ({ organisation }) => organisation,
    },
    {
      id: 'issuer',
      title: t('columns.issuer'),
      width: 14,
      onlyWide: true,
      isSortable: true,
      render: ({ issuer }) => issuer,
    },
    {
      id: 'not-before',
      title: t('columns.notBefore'),
      width: 8.5,
      shown: 'later',
      onlyWide: true,
      isSortable: true,
      render: ({ notBefore }) => formatDate(notBefore),
    },
    {
      id: 'inn',
      title: t('columns.inn'),
      width: 9,
      shown: 'later',
      onlyWide: true,
      render: ({ inn, innLe }) => innLe ?? inn ?? '',
    },
    {
      id: 'source',
      title: t('columns.source'),
      width: 10,
      shown: 'later',
      onlyWide: true,
      render: ({ sources }) => sources.map((source) => t(`sources.${source}`)).join(', '),
    },
    {
      id: 'algorithm',
      title: t('columns.algorithm'),
      width: 11,
      shown: 'later',
      onlyWide: true,
      isSortable: true,
      render: ({ algorithm }) => names.algorithm(algorithm),
    },
    {
      id: 'store',
      title: t('columns.store'),
      width: 12,
      shown: 'later',
      onlyWide: true,
      render: ({ store }) => t(`stores.${store}`),
    },
    {
      id: 'added',
      title: t('columns.added'),
      width: 8.5,
      shown: 'later',
      onlyWide: true,
      isSortable: true,
      render: ({ addedAt }) => formatDate(addedAt),
    },
  ];
}
