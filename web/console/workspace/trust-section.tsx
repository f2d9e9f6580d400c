import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/console/workspace/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDate } from '../../ui/dates.ts';
import { groupHex } from '../../ui/hex-value.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useMe } from '../me.ts';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import classes from './workspace.module.css';
import { useTrust } from './workspace-api.ts';

type Scope = 'own' | 'everybody';

/** Whether this authority is trusted, and how that is changed: asked before, withdrawn at once. */
export function TrustSection({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation(['workspace', 'console']);
  const notify = useNotices();
  const { account } = useMe();
  const trust = useTrust();
  const [asking, setAsking] = useState<Scope>();
  const { sha256, anchor, owner } = certificate;
  const isOwn = anchor === 'own' || anchor === 'own-and-everybody';
  const isEverybodys = anchor === 'everybody' || anchor === 'own-and-everybody';
  const withdraw = (scope: Scope) =>
    trust.mutate(
      { sha256, act: 'distrust', scope },
      { onSuccess: () => notify({ text: t('trust.withdrawn') }) },
    );
  const install = (scope: Scope) =>
    trust.mutate(
      { sha256, act: 'trust', scope },
      {
        onSuccess: () => {
          setAsking(undefined);
          notify({ text: t('trust.installed'), onUndo: () => withdraw(scope) });
        },
      },
    );
  return (
    <section className={classes.section}>
      <h3>{t('trust.title')}</h3>
      {isEverybodys && <p>{t('trust.everybody')}</p>}
      {isOwn && <p>{t('trust.own')}</p>}
      {anchor === 'none' && <p>{t('trust.none')}</p>}
      <div className={classes.buttons}>
        {isOwn ? (
          <Button size="sm" variant="default" onClick={() => withdraw('own')}>
            {t('trust.withdraw')}
          </Button>
        ) : (
          <Button size="sm" variant="default" onClick={() => setAsking('own')}>
            {t('trust.act')}
          </Button>
        )}
        {account.role === 'administrator' &&
          (isEverybodys ? (
            <Button size="sm" variant="default" onClick={() => withdraw('everybody')}>
              {t('trust.withdrawEverybody')}
            </Button>
          ) : (
            <Button size="sm" variant="default" onClick={() => setAsking('everybody')}>
              {t('trust.actEverybody')}
            </Button>
          ))}
      </div>
      {asking === undefined && <ActionProblem error={trust.error} />}
      {asking !== undefined && (
        <ConfirmDialog
          title={t('trust.ask')}
          yes={asking === 'own' ? t('trust.act') : t('trust.actEverybody')}
          no={t('cancel', { ns: 'console' })}
          isBusy={trust.isPending}
          onNo={() => setAsking(undefined)}
          onYes={() => install(asking)}
        >
          <Facts
            items={[
              { name: t('columns.owner'), value: owner },
              {
                name: t('details.fingerprint'),
                value: <code className={classes.long}>{groupHex(sha256)}</code>,
              },
              {
                name: t('columns.notAfter'),
                value: `${formatDate(certificate.notBefore)} – ${formatDate(certificate.notAfter)}`,
              },
            ]}
          />
          <p>{t('trust.askText')}</p>
          {asking === 'everybody' && <p>{t('trust.forEverybody')}</p>}
          <ActionProblem error={trust.error} />
        </ConfirmDialog>
      )}
    </section>
  );
}
