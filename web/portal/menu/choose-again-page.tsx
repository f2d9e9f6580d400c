import { Button } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { useChooseAgain } from '../actions.ts';
import { browserFamily } from '../client/this-client.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { findHome } from '../find-home.ts';
import { Layout } from '../layout.tsx';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import { FirefoxDidNotAsk } from '../refusal/firefox-forget.tsx';
import { type Account, SignedIn } from '../signed-in.tsx';
import { StayButton } from './stay-button.tsx';

/** Asked for by an application's menu: a link alone changes no choice. */
export function ChooseAgainPage() {
  return <SignedIn>{(account) => <ChooseAgain account={account} />}</SignedIn>;
}

function ChooseAgain({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { application: asked } = useSearch({ from: '/choose-again' });
  const session = useSession();
  const { applications, productName } = session;
  const { reader } = usePortal();
  const chooseAgain = useChooseAgain();
  const only =
    applications.find(({ id }) => id === asked) ?? (applications.length === 1 ? applications[0] : undefined);
  const choices = only === undefined ? applications : [only];
  const stay = (
    <StayButton
      key="stay"
      label={t('menu.chooseAgain.stay')}
      homeUrl={findHome({ session, asked }).url}
      cameFromApplication={asked !== undefined}
    />
  );
  const icon = <IconCertificate size={48} stroke={1.5} aria-hidden="true" />;
  if (choices.length === 0) {
    return (
      <Layout>
        <Statement
          icon={icon}
          title={<PageTitle title={t('menu.chooseAgain.noneTitle')} productName={productName} />}
          text={t('menu.chooseAgain.noneText')}
          action={stay}
        />
      </Layout>
    );
  }
  return (
    <Layout applicationName={only?.name}>
      <Statement
        icon={icon}
        title={<PageTitle title={t('menu.chooseAgain.title')} productName={productName} />}
        text={
          only === undefined
            ? t('menu.chooseAgain.textAny')
            : t('menu.chooseAgain.text', { application: only.name })
        }
        detail={t('menu.chooseAgain.detail')}
        action={[
          ...choices.map(({ id, name }) => (
            <Button
              key={id}
              loading={chooseAgain.isPending && chooseAgain.variables === id}
              onClick={() => chooseAgain.mutate(id)}
            >
              {only === undefined ? name : t('menu.chooseAgain.act')}
            </Button>
          )),
          stay,
        ]}
      />
      {browserFamily(reader) === 'firefox' && only !== undefined && (
        <FirefoxDidNotAsk
          subject={account.login}
          applicationName={only.name}
          button={t('menu.chooseAgain.act')}
        />
      )}
      <ActionProblem error={chooseAgain.error} />
    </Layout>
  );
}
