import { Button, Menu, NativeSelect, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CertificateStore, CertificateView } from '../../../src/console/workspace/contract.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { CopyableHex } from '../copyable-hex.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { Facts } from '../panel/facts.tsx';
import type { Panel } from '../panel/list-with-panel.tsx';
import { ChainBlock } from '../status/chain.tsx';
import { StatusBlock } from '../status/status-block.tsx';
import { CertificateContent } from './certificate-content.tsx';
import { TrustSection } from './trust-section.tsx';
import { DaysLeft } from './use-certificate-columns.tsx';
import classes from './workspace.module.css';
import { useCertificate, useExport, useMove } from './workspace-api.ts';

interface Acts {
  readonly onClose: () => void;
  readonly onRemove: (sha256: string) => void;
}

/** The details of one certificate, at its own address. */
export function useCertificatePanel(
  sha256: string | undefined,
  { onClose, onRemove }: Acts,
): Panel | undefined {
  const { t } = useTranslation('workspace');
  const { data, isError } = useCertificate(sha256);
  if (sha256 === undefined) return undefined;
  if (isError)
    return { key: sha256, title: t('details.gone'), content: <p>{t('details.goneText')}</p>, onClose };
  if (data === undefined) return { key: `${sha256}-loading`, title: '…', content: null, onClose };
  return {
    key: sha256,
    title: data.owner,
    content: <CertificatePanel key={sha256} certificate={data} onRemove={() => onRemove(sha256)} />,
    onClose,
  };
}

interface CertificatePanelProps {
  readonly certificate: CertificateView;
  readonly onRemove: () => void;
}

const STORES: readonly CertificateStore[] = ['personal', 'others', 'authorities'];
const FORMATS = ['der', 'pem', 'chain', 'p7b'] as const;

function CertificatePanel(props: CertificatePanelProps) {
  const { t } = useTranslation('status');
  return (
    <Tabs defaultValue="card" keepMounted={false}>
      <Tabs.List aria-label={t('tabs.label')}>
        <Tabs.Tab value="card">{t('tabs.card')}</Tabs.Tab>
        <Tabs.Tab value="chain">{t('tabs.chain')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="card" className={classes.tab}>
        <CardTab {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="chain" className={classes.tab}>
        <ChainBlock sha256={props.certificate.sha256} />
      </Tabs.Panel>
    </Tabs>
  );
}

function CardTab({ certificate, onRemove }: CertificatePanelProps) {
  const { t } = useTranslation('workspace');
  const exporting = useExport();
  const move = useMove();
  const { sha256, sources, sourceDetails } = certificate;
  return (
    <>
      <StatusBlock sha256={sha256} />
      <div className={classes.buttons}>
        <Menu withInitialFocusPlaceholder={false} position="bottom-start" shadow="md">
          <Menu.Target>
            <Button size="sm" variant="default" loading={exporting.isPending}>
              {t('export.act')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FORMATS.map((format) => (
              <Menu.Item key={format} onClick={() => exporting.mutate({ sha256s: [sha256], format })}>
                {t(`export.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {certificate.mayRemove && (
          <Button size="sm" variant="default" onClick={onRemove}>
            {t('remove.act')}
          </Button>
        )}
      </div>
      <ActionProblem error={exporting.error ?? move.error} />
      <Facts
        items={[
          { name: t('columns.notBefore'), value: formatDate(certificate.notBefore) },
          {
            name: t('columns.notAfter'),
            value: (
              <>
                {formatDate(certificate.notAfter)} · <DaysLeft notAfter={certificate.notAfter} />
              </>
            ),
          },
          { name: t('columns.issuer'), value: certificate.issuer },
          {
            name: t('details.serial'),
            value: <CopyableHex hex={certificate.serialNumber} what={t('details.serial')} whole />,
          },
          {
            name: t('details.fingerprint'),
            value: <CopyableHex hex={sha256} what={t('details.fingerprint')} whole />,
          },
          {
            name: t('details.from'),
            value: sources.includes('access')
              ? t('details.issuedHere')
              : sourceDetails
                  .map(({ kind, detail, at }) =>
                    [t(`sources.${kind}`), detail, formatDateTime(at)]
                      .filter((part) => part !== '')
                      .join(' · '),
                  )
                  .join('; '),
          },
        ]}
      />
      {certificate.hasKeyElsewhere && <p className={classes.dimmed}>{t('details.keyElsewhere')}</p>}
      {certificate.mayRemove && (
        <NativeSelect
          size="sm"
          label={t('details.move')}
          value={certificate.store}
          onChange={(event) => {
            const store = STORES.find((each) => each === event.currentTarget.value);
            if (store !== undefined) move.mutate({ sha256, store });
          }}
          data={STORES.map((store) => ({ value: store, label: t(`stores.${store}`) }))}
        />
      )}
      {certificate.isCa && <TrustSection certificate={certificate} />}
      <CertificateContent certificate={certificate} />
    </>
  );
}
