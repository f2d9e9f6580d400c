import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView } from '../../../src/portal/contract.ts';
import { Emphasised } from '../../ui/emphasised.tsx';
import { useChooseAgain } from '../actions.ts';
import { browserFamily } from '../client/this-client.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { usePortal } from '../portal-context.tsx';
import { FirefoxDidNotAsk } from '../refusal/firefox-forget.tsx';
import type { StepState } from './certificate-progress.ts';
import { Step } from './step.tsx';
import classes from './step-enter.module.css';

interface StepEnterProps {
  readonly state: StepState;
  /** The one button of the page that is the next thing to press. */
  readonly isNext: boolean;
  readonly applications: readonly ApplicationView[];
  readonly subject: string;
}

export function StepEnter({ state, isNext, applications, subject }: StepEnterProps) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const [chosen, setChosen] = useState<string>();
  const chooseAgain = useChooseAgain();
  const application = applications.find(({ id }) => id === chosen) ?? applications[0];
  if (application === undefined) return null;
  return (
    <Step number={4} title={t('certificate.enterTitle')} state={state} id="enter">
      <p>
        <Emphasised text={t('certificate.enterText', { subject })} />
      </p>
      {applications.length > 1 && (
        <NativeSelect
          label={t('certificate.enterInto')}
          value={application.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={applications.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Button
        variant={isNext ? 'filled' : 'default'}
        loading={chooseAgain.isPending}
        onClick={() => chooseAgain.mutate(application.id)}
      >
        {t('certificate.installed')}
      </Button>
      <ActionProblem error={chooseAgain.error} />
      {browserFamily(reader) === 'firefox' ? (
        <FirefoxDidNotAsk
          applicationName={application.name}
          subject={subject}
          button={t('certificate.installed')}
        />
      ) : (
        <p className={classes.fallback}>{t('certificate.enterFallback')}</p>
      )}
    </Step>
  );
}
