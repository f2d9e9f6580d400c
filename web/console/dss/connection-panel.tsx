import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../src/console/dss/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import { ConnectionCertificates } from './connection-certificates.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import classes from './dss.module.css';
import { useRefresh, useRename } from './dss-api.ts';
import { FailureNotice } from './failure-notice.tsx';

interface ConnectionPanelProps {
  readonly connection: ConnectionView;
  readonly onGone: () => void;
}

export function ConnectionPanel({ connection, onGone }: ConnectionPanelProps) {
  const { t } = useTranslation('dss');
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [act, setAct] = useState<'rename' | 'disconnect'>();
  const { failure } = connection;
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className={classes.buttons}>
        <Button
          loading={refresh.isPending}
          onClick={() =>
            refresh.mutate(connection.id, {
              onSuccess: ({ id }) => void navigate({ to: `/dss/requests/${id}` }),
            })
          }
        >
          {t(connection.state === 'signed-in' ? 'panel.refresh' : 'panel.signIn')}
        </Button>
        <Button variant="default" onClick={() => setAct('rename')}>
          {t('panel.rename')}
        </Button>
        <Button variant="default" onClick={() => setAct('disconnect')}>
          {t('panel.disconnect')}
        </Button>
      </div>
      <ActionProblem error={refresh.error} />
      {act === 'rename' && <RenameForm connection={connection} onDone={() => setAct(undefined)} />}
      <Facts
        items={[
          { name: t('panel.account'), value: connection.login },
          { name: t('panel.authorizationServer'), value: connection.authorizationServer },
          { name: t('panel.dssServer'), value: connection.dssServer },
          { name: t('panel.version'), value: t(connection.usesV2 ? 'panel.v2' : 'panel.v1') },
          {
            name: t('panel.password'),
            value: t(connection.isPasswordRemembered ? 'panel.remembered' : 'panel.notRemembered'),
          },
          { name: t('panel.created'), value: formatDateTime(connection.createdAt) },
          {
            name: t('panel.refreshed'),
            value: connection.refreshedAt === null ? t('never') : formatDateTime(connection.refreshedAt),
          },
        ]}
      />
      <h3 className={classes.section}>{t('panel.certificates')}</h3>
      <ConnectionCertificates connection={connection} />
      {act === 'disconnect' && (
        <DisconnectDialog
          connection={connection}
          onClose={(outcome) => {
            setAct(undefined);
            if (outcome === 'disconnected') onGone();
          }}
        />
      )}
    </>
  );
}

function RenameForm({
  connection,
  onDone,
}: {
  readonly connection: ConnectionView;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('dss');
  const notify = useNotices();
  const [name, setName] = useState(connection.name);
  const rename = useRename(connection.id);
  const code = rename.error === null ? undefined : problemCode(rename.error);
  const isWrong = !/^[A-Za-z0-9_]{1,64}$/.test(name);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrong) return;
        rename.mutate(name, {
          onSuccess: () => {
            notify({ text: t('panel.renamed') });
            onDone();
          },
        });
      }}
    >
      <TextInput
        label={t('form.name')}
        description={t('form.nameHint')}
        value={name}
        maxLength={64}
        autoFocus
        spellCheck={false}
        error={isWrong ? t('form.nameWrong') : code === 'dss-name-taken' ? t('form.nameTaken') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {code !== 'dss-name-taken' && <ActionProblem error={rename.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={rename.isPending} disabled={isWrong}>
          {t('panel.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel', { ns: 'console' })}
        </Button>
      </div>
    </form>
  );
}
