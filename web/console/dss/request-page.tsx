import { Button, Loader } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AttemptStateView, AttemptView } from '../../../src/console/dss/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDateTime, formatTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { CancelButton } from './cancel-button.tsx';
import classes from './dss.module.css';
import { useAttempt } from './dss-api.ts';
import { FailureNotice } from './failure-notice.tsx';
import { MissingParts } from './missing-parts.tsx';
import { PasswordStep } from './password-step.tsx';
import { ChoosingWindow, WaitingWindow } from './waiting-window.tsx';

/** One request to a DSS from its start to its end; it has an address, so that a reload finds it again. */
export function RequestPage() {
  const { t } = useTranslation('dss');
  const { attemptId } = useParams({ strict: false });
  const { productName } = useMe();
  const query = useAttempt(String(attemptId));
  const attempt = query.data;
  const code = query.isError && attempt?.state.kind !== 'cancelled' ? problemCode(query.error) : '';
  const isElsewhere = code === 'dss-attempt-elsewhere';
  const isGone = isElsewhere || code === 'dss-attempt-gone' || code === 'request-invalid';
  const title =
    attempt === undefined
      ? t('title')
      : t(attempt.purpose === 'certificates' ? 'request.title' : 'request.titleSignature', {
          name: attempt.connection.name,
        });
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.page}>
        <PageTitle title={title} productName={productName} />
        {isGone && (
          <EmptyState
            title={t(isElsewhere ? 'request.unknown' : 'request.gone')}
            text={t(isElsewhere ? 'request.elsewhereText' : 'request.goneText')}
            action={<ToList />}
          />
        )}
        {query.isError && !isGone && attempt === undefined && (
          <LoadFault error={query.error} onRetry={() => void query.refetch()} />
        )}
        {attempt !== undefined && !isGone && <RequestState attempt={attempt} />}
      </div>
    </ListWithPanel>
  );
}

function RequestState({ attempt }: { readonly attempt: AttemptView }) {
  const { t } = useTranslation('dss');
  const { state } = attempt;
  switch (state.kind) {
    case 'working':
      return (
        <>
          <p role="status" className={classes.buttons}>
            <Loader size="sm" aria-hidden="true" />
            {t(`working.${state.step}`)}
          </p>
          <div>
            <CancelButton attemptId={attempt.id} />
          </div>
        </>
      );
    case 'password-needed':
      return <PasswordStep attempt={attempt} wasWrong={state.wasWrong} />;
    case 'choosing':
      return <ChoosingWindow attempt={attempt} state={state} />;
    case 'waiting':
      return <WaitingWindow attempt={attempt} state={state} />;
    case 'done':
      return <Done result={state.result} connectionId={attempt.connection.id} />;
    case 'failed':
      return (
        <>
          <FailureNotice failure={state.failure} requestId={attempt.id} role="alert" />
          <div className={classes.buttons}>
            {!attempt.connection.isStored && <EditButton attemptId={attempt.id} />}
            <ToList />
          </div>
        </>
      );
    case 'cancelled':
      return (
        <>
          <Notice tone="quiet" role="status" title={t('request.cancelled')}>
            <p>{t('request.cancelledText')}</p>
            {state.shownUntil !== null && (
              <p>{t('request.stillShown', { until: formatTime(state.shownUntil) })}</p>
            )}
          </Notice>
          <div className={classes.buttons}>
            {!attempt.connection.isStored && <EditButton attemptId={attempt.id} />}
            <ToList />
          </div>
        </>
      );
  }
}

interface DoneProps {
  readonly result: Extract<AttemptStateView, { kind: 'done' }>['result'];
  readonly connectionId: string;
}

function Done({ result, connectionId }: DoneProps) {
  const { t } = useTranslation('dss');
  if (result.kind === 'test-signature') {
    const isGood = result.outcome === 'verified';
    const details = { owner: result.owner, bytes: result.signatureBytes, at: formatDateTime(result.at) };
    return (
      <>
        <Notice
          tone={isGood ? 'valid' : 'invalid'}
          role="status"
          title={t(isGood ? 'done.verified' : 'done.notVerified')}
        >
          <p>{t(isGood ? 'done.verifiedText' : 'done.notVerifiedText', details)}</p>
        </Notice>
        <div>
          <ToList />
        </div>
      </>
    );
  }
  const { imported, unreadable, vanished } = result;
  return (
    <>
      <Notice tone={imported > 0 ? 'valid' : 'attention'} role="status" title={t('done.title')}>
        <p>{imported > 0 ? t('done.count', { count: imported }) : t('done.none')}</p>
        {unreadable > 0 && <p>{t('done.unreadable', { count: unreadable })}</p>}
        {vanished > 0 && <p>{t('done.vanished', { count: vanished })}</p>}
      </Notice>
      <p className={classes.lead}>{t('done.important')}</p>
      {imported > 0 && <MissingParts connectionId={connectionId} />}
      <div>
        <ToList />
      </div>
    </>
  );
}

function EditButton({ attemptId }: { readonly attemptId: string }) {
  const { t } = useTranslation('dss');
  return (
    <Button renderRoot={(props) => <Link to="/dss/new" search={{ from: attemptId }} {...props} />}>
      {t('request.edit')}
    </Button>
  );
}

function ToList() {
  const { t } = useTranslation('dss');
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/dss" {...props} />}>
      {t('request.toList')}
    </Button>
  );
}
