import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgressView } from '../../../src/console/status/contract.ts';
import { useConsole } from '../console-context.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import classes from './status.module.css';
import { useRecheck } from './status-api.ts';

const POLL_MS = 1_000;

interface Running {
  readonly sha256s: readonly string[];
  /** The server's time of the request. */
  readonly since: string;
}

/** «Проверить ещё раз» of several certificates, with how far it is. */
export function RecheckSelected({ sha256s }: { readonly sha256s: readonly string[] }) {
  const { t } = useTranslation('status');
  const recheck = useRecheck();
  const [running, setRunning] = useState<Running>();
  return (
    <>
      <Button
        size="sm"
        variant="default"
        loading={recheck.isPending}
        disabled={running !== undefined}
        onClick={() =>
          recheck.mutate(sha256s, {
            onSuccess: ({ since }) => setRunning({ sha256s, since }),
          })
        }
      >
        {t('fixes.recheck')}
      </Button>
      {running !== undefined && <Progress running={running} onEnd={() => setRunning(undefined)} />}
      <ActionProblem error={recheck.error} />
    </>
  );
}

function Progress({ running, onEnd }: { readonly running: Running; readonly onEnd: () => void }) {
  const { t } = useTranslation('status');
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const id = useId();
  const { data, isError } = useQuery({
    queryKey: ['recheck-progress', running.since, running.sha256s],
    queryFn: () => http.send<ProgressView>('POST', '/api/status/progress', { body: running }),
    refetchInterval: POLL_MS,
    gcTime: 0,
  });
  const isDone = data !== undefined && data.done >= data.count;
  useEffect(() => {
    if (!isDone && !isError) return;
    if (isDone) notify({ text: t('rechecked', { count: data.count }) });
    void queryClient.invalidateQueries({ queryKey: ['workspace'] });
    void queryClient.invalidateQueries({ queryKey: ['status'] });
    onEnd();
  }, [isDone, isError, data, notify, onEnd, queryClient, t]);
  const { done = 0, count = running.sha256s.length } = data ?? {};
  return (
    <span className={classes.progress} role="status">
      <label htmlFor={id}>{t('progress', { done, count })}</label>
      <progress id={id} value={done} max={Math.max(count, 1)} />
    </span>
  );
}
