import { Button } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../../src/console/sessions/contract.ts';
import { LoadFault } from '../faults/fault-message.tsx';
import { ListWithPanel, type Panel } from '../panel/list-with-panel.tsx';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import { useDeviceName } from './device.ts';
import { EndDialog, type EndSubject } from './end-dialog.tsx';
import { SessionPanel } from './session-panel.tsx';
import { useSessions } from './sessions-api.ts';
import { SessionsHead } from './sessions-head.tsx';
import { useSessionColumns } from './use-session-columns.tsx';

/** Where I am signed in. */
export function SessionsPage() {
  const { t } = useTranslation('sessions');
  const { sessionId } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useSessions();
  const columns = useSessionColumns();
  const [ending, setEnding] = useState<EndSubject>();
  const close = () => void navigate({ to: '/sessions' });
  const sessions = query.data?.sessions;
  const hasOthers = sessions?.some(({ isCurrent }) => !isCurrent) === true;
  const panel = usePanel(sessions, typeof sessionId === 'string' ? sessionId : undefined, {
    onClose: close,
    onEnd: (session) => setEnding({ kind: 'one', session }),
  });

  return (
    <ListWithPanel panel={panel}>
      <SessionsHead view="now" />
      {query.isError && sessions === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          id="sessions"
          label={t('title')}
          columns={columns}
          rows={rowsOf(sessions)}
          keyOf={({ id }) => id}
          openKey={panel?.key}
          onOpen={({ id }) => void navigate({ to: `/sessions/${id}` })}
          // There is always this one.
          empty={null}
          toolbar={
            hasOthers && (
              <Button size="sm" variant="default" onClick={() => setEnding({ kind: 'others' })}>
                {t('endOthers')}
              </Button>
            )
          }
          actionsOf={(session) =>
            session.isCurrent ? null : (
              <Button size="compact-sm" variant="default" onClick={() => setEnding({ kind: 'one', session })}>
                {t('end')}
              </Button>
            )
          }
        />
      )}
      {ending !== undefined && (
        <EndDialog
          subject={ending}
          onClose={(outcome) => {
            setEnding(undefined);
            if (outcome === 'ended' && panel !== undefined) close();
          }}
        />
      )}
    </ListWithPanel>
  );
}

function usePanel(
  sessions: readonly SessionItem[] | undefined,
  id: string | undefined,
  acts: { readonly onClose: () => void; readonly onEnd: (session: SessionItem) => void },
): Panel | undefined {
  const { t } = useTranslation('sessions');
  const nameOf = useDeviceName();
  if (id === undefined || sessions === undefined) return undefined;
  const session = sessions.find((each) => each.id === id);
  if (session === undefined) {
    return { key: id, title: t('panel.gone'), content: <p>{t('panel.goneText')}</p>, onClose: acts.onClose };
  }
  return {
    key: id,
    title: nameOf(session.device),
    content: <SessionPanel session={session} onEnd={() => acts.onEnd(session)} />,
    onClose: acts.onClose,
  };
}
