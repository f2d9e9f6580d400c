import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/console/workspace/contract.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useMe } from '../me.ts';
import { useNotices } from '../notices.tsx';
import { TrustDialog } from './trust-dialog.tsx';
import classes from './workspace.module.css';
import { useTrust } from './workspace-api.ts';

type Scope = 'own' | 'everybody';

/** Whether this authority is trusted, and how that is changed: asked before, withdrawn at once. */
export function TrustSection({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation('workspace');
  const notify = useNotices();
  const { account } = useMe();
  const trust = useTrust();
  const [asking, setAsking] = useState<Scope>();
  const { sha256, anchor } = certificate;
  const isOwn = anchor === 'own' || anchor === 'own-and-everybody';
  const isEverybodys = anchor === 'everybody' || anchor === 'own-and-everybody';
  const withdraw = (scope: Scope) =>
    trust.mutate(
      { sha256, act: 'distrust', scope },
      { onSuccess: () => notify({ text: t('trust.withdrawn') }) },
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
      <ActionProblem error={trust.error} />
      {asking !== undefined && (
        <TrustDialog authority={certificate} scope={asking} onClose={() => setAsking(undefined)} />
      )}
    </section>
  );
}
