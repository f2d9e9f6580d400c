import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../../src/console/sessions/contract.ts';
import { formatDate, formatMoment } from '../../ui/dates.ts';
import { serialTail } from '../../ui/hex-value.ts';
import type { Column } from '../table/column.ts';
import { useServerNow } from '../use-server-now.ts';
import { useDeviceName } from './device.ts';
import { useLastSeen } from './last-seen.ts';
import classes from './sessions.module.css';

export function useSessionColumns(): readonly Column<SessionItem>[] {
  const { t } = useTranslation('sessions');
  const now = useServerNow();
  const nameOf = useDeviceName();
  const lastSeen = useLastSeen();
  return [
    {
      id: 'device',
      title: t('device.title'),
      width: 'grow',
      shown: 'always',
      render: ({ device, isCurrent }) => (
        <span className={classes.device}>
          <span className={classes.deviceName}>{nameOf(device)}</span>
          {isCurrent && <span className={classes.current}>{t('thisOne')}</span>}
        </span>
      ),
    },
    { id: 'last-seen', title: t('columns.lastSeen'), width: 10, render: lastSeen },
    {
      id: 'address',
      title: t('columns.address'),
      width: 11,
      onlyWide: true,
      render: ({ address }) => address,
    },
    {
      id: 'since',
      title: t('columns.since'),
      width: 10.5,
      onlyWide: true,
      render: ({ startedAt }) => formatMoment(startedAt, now),
    },
    {
      id: 'certificate',
      title: t('columns.certificate'),
      width: 13,
      onlyWide: true,
      render: ({ certificate }) =>
        certificate === null ? (
          <span className={classes.dimmed}>{t('noCertificate')}</span>
        ) : (
          t('certificateFrom', {
            serial: serialTail(certificate.serialNumber),
            date: formatDate(certificate.issuedAt),
          })
        ),
    },
    {
      id: 'applications',
      title: t('columns.applications'),
      width: 16,
      shown: 'later',
      onlyWide: true,
      render: ({ applications }) => applications.join(', '),
    },
    {
      id: 'ends',
      title: t('columns.ends'),
      width: 10.5,
      shown: 'later',
      onlyWide: true,
      render: ({ endsAt }) => formatMoment(endsAt, now),
    },
  ];
}
