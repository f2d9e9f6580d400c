import { Anchor, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../../src/console/sessions/contract.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { CopyableHex } from '../copyable-hex.tsx';
import { useMe } from '../me.ts';
import { Facts } from '../panel/facts.tsx';
import { useLastSeen } from './last-seen.ts';

interface SessionPanelProps {
  readonly session: SessionItem;
  readonly onEnd: () => void;
}

export function SessionPanel({ session, onEnd }: SessionPanelProps) {
  const { t } = useTranslation('sessions');
  const { portalOrigin } = useMe();
  const lastSeen = useLastSeen();
  const { certificate, applications } = session;
  return (
    <>
      <Facts
        items={[
          { name: t('columns.lastSeen'), value: lastSeen(session) },
          { name: t('columns.since'), value: formatDateTime(session.startedAt) },
          { name: t('columns.address'), value: session.address },
          {
            name: t('columns.certificate'),
            value: certificate === null ? t('noCertificate') : certificate.subject,
          },
          ...(certificate === null
            ? []
            : [
                {
                  name: t('panel.certificateNumber'),
                  value: (
                    <CopyableHex hex={certificate.serialNumber} what={t('panel.certificateNumber')} whole />
                  ),
                },
                { name: t('panel.certificateUntil'), value: formatDate(certificate.notAfter) },
              ]),
          {
            name: t('columns.applications'),
            value: applications.length === 0 ? t('noApplications') : applications.join(', '),
          },
          { name: t('columns.ends'), value: formatDateTime(session.endsAt) },
          { name: t('panel.userAgent'), value: session.userAgent === '' ? '—' : session.userAgent },
        ]}
      />
      {session.isCurrent ? (
        <p>{t('endThis')}</p>
      ) : (
        <>
          <div>
            <Button variant="default" onClick={onEnd}>
              {t('endAct')}
            </Button>
          </div>
          <Notice tone="quiet">
            {t('panel.suspicious')} <Anchor href={`${portalOrigin}/replace`}>{t('panel.replace')}</Anchor>
          </Notice>
        </>
      )}
    </>
  );
}
