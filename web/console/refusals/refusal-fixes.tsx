import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fix, RefusalView } from '../../../src/console/refusals/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import classes from './refusals.module.css';
import { useFix } from './refusals-api.ts';

const OWN_PROBLEMS = ['certificate-state', 'password-gone', 'phone-missing', 'phone-held'] as const;

/** One press from the refusal to what ends it. */
export function RefusalFixes({ refusal }: { readonly refusal: RefusalView }) {
  const { t } = useTranslation(['refusals', 'console']);
  const notify = useNotices();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const allow = useFix(refusal.id, 'allow-download');
  const send = useFix(refusal.id, 'send-password');
  const { id: accountId, login } = refusal.account;
  if (refusal.fixes.length === 0) return null;
  const textOf = (code: string) => {
    const known = OWN_PROBLEMS.find((each) => each === code);
    return known && t(`problems.${known}`);
  };
  const act = (fix: Fix) => {
    if (fix === 'allow-download') setIsAsking(true);
    else if (fix === 'send-password') {
      send.mutate(undefined, { onSuccess: () => notify({ text: t('sent', { login }) }) });
    } else void navigate({ to: `/admin/accounts/${accountId}` });
  };
  return (
    <section className={classes.part}>
      <h3 className={classes.partTitle}>{t('fixTitle')}</h3>
      <div className={classes.acts}>
        {refusal.fixes.map((fix, index) => (
          <Button
            key={fix}
            variant={index === 0 ? 'filled' : 'default'}
            loading={fix === 'send-password' && send.isPending}
            onClick={() => act(fix)}
          >
            {t(`fixes.${fix}`)}
          </Button>
        ))}
      </div>
      <ActionProblem error={send.error} textOf={textOf} />
      {isAsking && (
        <ConfirmDialog
          title={t('allowTitle', { login })}
          yes={t('fixes.allow-download')}
          no={t('cancel', { ns: 'console' })}
          isBusy={allow.isPending}
          onNo={() => setIsAsking(false)}
          onYes={() =>
            allow.mutate(undefined, {
              onSuccess: () => {
                notify({ text: t('allowed', { login }) });
                setIsAsking(false);
              },
            })
          }
        >
          <p>{t('allowText')}</p>
          <ActionProblem error={allow.error} textOf={textOf} />
        </ConfirmDialog>
      )}
    </section>
  );
}
