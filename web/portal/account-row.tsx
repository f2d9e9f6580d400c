import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './account-row.module.css';
import { useSignOut } from './actions.ts';
import { ActionProblem } from './faults/action-problem.tsx';
import type { Account } from './signed-in.tsx';

interface AccountRowProps {
  readonly account: Account;
  /** Left out where «Выйти» is the page's one button already. */
  readonly withSignOut?: boolean;
}

export function AccountRow({ account, withSignOut = true }: AccountRowProps) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <>
      <div className={classes.row}>
        <p className={classes.who}>
          <span className={classes.label}>{t('common.signedInAs')}</span> <b>{account.login}</b>
          {account.displayName !== '' && account.displayName !== account.login && (
            <> · {account.displayName}</>
          )}
        </p>
        {withSignOut && (
          <Button
            className={classes.button}
            size="sm"
            variant="default"
            loading={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {t('common.signOut')}
          </Button>
        )}
      </div>
      <ActionProblem error={signOut.error} />
    </>
  );
}
