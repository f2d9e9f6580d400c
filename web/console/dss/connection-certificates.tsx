import { Button, PasswordInput } from '@mantine/core';
import { IconCloud } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionCertificateView, ConnectionView } from '../../../src/console/dss/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import classes from './dss.module.css';
import { useTestSignature } from './dss-api.ts';

/** Of a thousand the first are shown here; the list of «Личные» has all of them, with search. */
const SHOWN_MAX = 50;
const KNOWN = ['ACTIVE', 'ON_HOLD', 'REVOKED', 'EXPIRED', 'NOT_VALID_YET'] as const;

export function ConnectionCertificates({ connection }: { readonly connection: ConnectionView }) {
  const { t } = useTranslation('dss');
  const { certificates } = connection;
  if (certificates.length === 0) return <p className={classes.lead}>{t('panel.noCertificates')}</p>;
  return (
    <ul className={classes.certificates}>
      {certificates.slice(0, SHOWN_MAX).map((certificate) => (
        <CertificateRow
          key={certificate.certificateId}
          connectionId={connection.id}
          certificate={certificate}
        />
      ))}
    </ul>
  );
}

interface CertificateRowProps {
  readonly connectionId: string;
  readonly certificate: ConnectionCertificateView;
}

function CertificateRow({ connectionId, certificate }: CertificateRowProps) {
  const { t } = useTranslation('dss');
  const navigate = useNavigate();
  const test = useTestSignature(connectionId);
  const [isAsking, setAsking] = useState(false);
  const [pin, setPin] = useState('');
  const { certificateId, owner, hasPin, sha256, vanishedAt } = certificate;
  const sign = () =>
    test.mutate(
      { certificateId, pin },
      { onSuccess: ({ id }) => void navigate({ to: `/dss/requests/${id}` }), onSettled: () => setPin('') },
    );
  const canSign = sha256 !== null && vanishedAt === null;
  return (
    <li className={classes.certificate} data-vanished={vanishedAt !== null}>
      <IconCloud className={classes.cloud} size={20} role="img" aria-label={t('panel.cloud')} />
      <div className={classes.owner}>
        <div>{owner === '' ? t('panel.unreadable') : owner}</div>
        <div className={classes.details}>{useDetails(certificate).join(' · ')}</div>
      </div>
      {canSign && !isAsking && (
        <Button
          className={classes.test ?? ''}
          size="compact-sm"
          variant="default"
          onClick={() => setAsking(true)}
        >
          {t('panel.test')}
        </Button>
      )}
      {isAsking && (
        <form
          className={classes.pin}
          onSubmit={(event) => {
            event.preventDefault();
            sign();
          }}
        >
          <p className={classes.lead}>{t('panel.testLead')}</p>
          {hasPin && (
            <PasswordInput
              label={t('panel.pinLabel')}
              value={pin}
              maxLength={128}
              autoComplete="off"
              autoFocus
              onChange={(event) => setPin(event.currentTarget.value)}
            />
          )}
          <ActionProblem error={test.error} />
          <div className={classes.buttons}>
            <Button type="submit" size="sm" loading={test.isPending} disabled={hasPin && pin === ''}>
              {t('panel.testAct')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setAsking(false)}>
              {t('cancel', { ns: 'console' })}
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}

function useDetails(certificate: ConnectionCertificateView): readonly string[] {
  const { t } = useTranslation('dss');
  const { status, notAfter, hasPin, isDefault, vanishedAt, sha256 } = certificate;
  const known = KNOWN.find((each) => each === status);
  const state = known ? t(`panel.status.${known}`) : status === '' ? t('panel.status.none') : status;
  return [
    vanishedAt === null ? state : t('panel.vanished'),
    ...(sha256 === null ? [t('panel.unreadable')] : []),
    ...(notAfter === null ? [] : [t('panel.until', { date: formatDate(notAfter) })]),
    ...(hasPin ? [t('panel.pin')] : []),
    ...(isDefault ? [t('panel.default')] : []),
  ];
}
