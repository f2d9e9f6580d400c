import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptView, NewConnectionInput } from '../../../src/console/dss/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import classes from './dss.module.css';
import { useConnect, useFormerAttempt, useServices } from './dss-api.ts';
import { FailureNotice } from './failure-notice.tsx';

const NAME = /^[A-Za-z0-9_]{1,64}$/;
const EXAMPLES = {
  authorizationServer: 'https://dss.example.ru/STS/oauth',
  dssServer: 'https://dss.example.ru/SignServer/rest',
} as const;
const EMPTY: NewConnectionInput = {
  name: '',
  authorizationServer: '',
  dssServer: '',
  usesV2: false,
  login: '',
};

/** «Импорт из DSS»: the form comes back with everything in it when something is wrong. */
export function ConnectPage() {
  const { from } = useSearch({ strict: false }) as { readonly from?: unknown };
  const former = useFormerAttempt(typeof from === 'string' ? from : undefined);
  const { t } = useTranslation('dss');
  const { productName } = useMe();
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.page}>
        <div className={classes.head}>
          <PageTitle title={t('form.title')} productName={productName} />
          <p className={classes.lead}>{t('form.lead')}</p>
        </div>
        {former !== undefined && <ConnectForm key={former?.id ?? ''} former={former} />}
      </div>
    </ListWithPanel>
  );
}

function ConnectForm({ former }: { readonly former: AttemptView | null }) {
  const { t } = useTranslation('dss');
  const navigate = useNavigate();
  const services = useServices().data?.services ?? [];
  const connect = useConnect();
  const [input, setInput] = useState<NewConnectionInput>(() =>
    former === null ? EMPTY : pick(former.connection),
  );
  const [isTried, setTried] = useState(false);
  const [failed, setFailed] = useState(() => (former?.state.kind === 'failed' ? former : undefined));
  const set = (change: Partial<NewConnectionInput>) => {
    setInput((before) => ({ ...before, ...change }));
    setFailed(undefined);
    connect.reset();
  };
  const code = connect.error === null ? undefined : problemCode(connect.error);
  const state = failed?.state.kind === 'failed' ? failed.state : undefined;
  const isNameWrong = isTried && !NAME.test(input.name);
  const isLoginWrong = isTried && !/^[^:\p{Cc}]+$/u.test(input.login.trim());
  const areAddressesMissing =
    isTried && input.authorizationServer.trim() === '' && input.dssServer.trim() === '';

  const submit = () => {
    setTried(true);
    setFailed(undefined);
    const isLogin = /^[^:\p{Cc}]+$/u.test(input.login.trim());
    const hasAddress = input.authorizationServer.trim() !== '' || input.dssServer.trim() !== '';
    if (!NAME.test(input.name) || !isLogin || !hasAddress) return;
    connect.mutate(input, {
      onSuccess: (attempt) => {
        if (attempt.state.kind === 'failed') setFailed(attempt);
        else void navigate({ to: `/dss/requests/${attempt.id}` });
      },
    });
  };

  const addressError = (field: keyof typeof EXAMPLES) => {
    const own = field === 'authorizationServer' ? 'dss-authorization-address' : 'dss-server-address';
    const place = field === 'authorizationServer' ? 'authorization-server' : 'dss-server';
    if (code === own || (areAddressesMissing && field === 'authorizationServer')) {
      return t('form.addressWrong', { example: EXAMPLES[field] });
    }
    return state?.place === place ? t(`failure.${state.failure}`) : undefined;
  };

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t('form.name')}
        description={t('form.nameHint')}
        value={input.name}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        error={
          isNameWrong ? t('form.nameWrong') : code === 'dss-name-taken' ? t('form.nameTaken') : undefined
        }
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {services.length > 0 && (
        <NativeSelect
          size="md"
          label={t('form.service')}
          data={[
            { value: '', label: t('form.serviceOwn') },
            ...services.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(event) => {
            const chosen = services.find(({ name }) => name === event.currentTarget.value);
            if (chosen !== undefined) {
              const { authorizationServer, dssServer, usesV2 } = chosen;
              set({ authorizationServer, dssServer, usesV2 });
            }
          }}
        />
      )}
      {(['authorizationServer', 'dssServer'] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`form.${field}`)}
          description={
            field === 'dssServer' ? `${t('form.serverHint')}. ${t('form.oneIsEnough')}` : t('form.serverHint')
          }
          placeholder={EXAMPLES[field]}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={input[field]}
          error={addressError(field)}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      <Checkbox
        size="md"
        label={t('form.usesV2')}
        description={t('form.usesV2Hint')}
        checked={input.usesV2}
        onChange={(event) => set({ usesV2: event.currentTarget.checked })}
      />
      <TextInput
        label={t('form.login')}
        description={t('form.loginHint')}
        value={input.login}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={isLoginWrong ? t('form.loginWrong') : undefined}
        onChange={(event) => set({ login: event.currentTarget.value })}
      />
      {failed !== undefined && state !== undefined && (
        <FailureNotice failure={state.failure} requestId={failed.id} role="alert" />
      )}
      {code !== undefined && !code.startsWith('dss-') && <ActionProblem error={connect.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={connect.isPending}>
          {t('form.continue')}
        </Button>
        <Button variant="default" onClick={() => void navigate({ to: '/dss' })}>
          {t('cancel', { ns: 'console' })}
        </Button>
      </div>
      <p role="status" className={classes.lead}>
        {connect.isPending ? t('form.checking') : ''}
      </p>
    </form>
  );
}

function pick({
  name,
  authorizationServer,
  dssServer,
  usesV2,
  login,
}: NewConnectionInput): NewConnectionInput {
  return { name, authorizationServer, dssServer, usesV2, login };
}
