import { IconCloud } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateItem } from '../../../src/console/workspace/contract.ts';
import { daysUntil, formatDate } from '../../ui/dates.ts';
import { StatusMark, type StatusTone } from '../../ui/status-mark.tsx';
import type { Column } from '../table/column.ts';
import { useServerNow } from '../use-server-now.ts';
import { hiddenHit } from './hits.ts';
import { Marked } from './marked.tsx';
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

/** @param words what was searched for, to be marked */
export function useCertificateColumns(words: readonly string[]): readonly Column<CertificateItem>[] {
  const { t } = useTranslation('workspace');
  const names = useNames();
  return [
    {
      id: 'owner',
      title: t('columns.owner'),
      width: 'grow',
      shown: 'always',
      isSortable: true,
      render: (row) => (
        <span className={classes.owner} title={row.owner}>
          {row.sources.includes('dss') && (
            <IconCloud className={classes.cloud} size={18} aria-label={t('sources.dss')} />
          )}
          <span className={classes.ownerName}>
            <Marked text={row.owner} words={words} />
          </span>
          <HiddenHit row={row} words={words} />
        </span>
      ),
    },
    { id: 'status', title: t('columns.status'), width: 12, render: (row) => <CertificateStatus {...row} /> },
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
      render: ({ organisation }) => (
        <span title={organisation}>
          <Marked text={organisation} words={words} />
        </span>
      ),
    },
    {
      id: 'issuer',
      title: t('columns.issuer'),
      width: 14,
      onlyWide: true,
      isSortable: true,
      render: ({ issuer }) => (
        <span title={issuer}>
          <Marked text={issuer} words={words} />
        </span>
      ),
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
      render: ({ inn, innLe }) => <Marked text={innLe ?? inn ?? ''} words={words} />,
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

function HiddenHit({ row, words }: { readonly row: CertificateItem; readonly words: readonly string[] }) {
  const { t } = useTranslation('workspace');
  const found = hiddenHit(row, words);
  if (found === undefined) return null;
  return (
    <span className={classes.found}>
      {t(`hits.${found.field}`)} <Marked text={found.value} words={words} />
    </span>
  );
}
