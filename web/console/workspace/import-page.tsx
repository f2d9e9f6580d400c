import { Button, FileButton, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useMe } from '../me.ts';
import { useNotices } from '../notices.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { receiveFiles } from './dropped-files.ts';
import { type Choices, defaultChoice, ImportRows } from './import-rows.tsx';
import { useImport } from './use-import.ts';
import classes from './workspace.module.css';

/** From files to what is saved: nothing goes in unseen. */
export function ImportPage({ begin }: { readonly begin: 'file' | 'paste' }) {
  const { t } = useTranslation('workspace');
  const { productName } = useMe();
  const navigate = useNavigate();
  const notify = useNotices();
  const { preview, reading, faults, addFiles, addText, unlock, commit, discard } = useImport();
  const [choices, setChoices] = useState<Choices>({});
  const textOf = useImportProblem();
  const latest = useRef(addFiles);
  latest.current = addFiles;
  useLayoutEffect(() => receiveFiles((files) => void latest.current(files)), []);
  const rows = preview.data?.rows ?? [];
  const chosen = rows.flatMap((row) => {
    const choice = choices[row.id] ?? defaultChoice(row);
    return choice.isTaken ? [{ id: row.id, ...(choice.store && { store: choice.store }) }] : [];
  });
  const trusted = chosen.map(({ id }) => id).filter((id) => choices[id]?.isTrusted === true);
  const leave = () => void navigate({ to: '/certificates' });
  const save = () =>
    commit.mutate(
      { token: preview.data?.token ?? '', chosen, trusted },
      {
        onSuccess: ({ added, alreadyThere }) => {
          notify({ text: t('importing.saved', { added, alreadyThere }) });
          leave();
        },
      },
    );
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageTitle title={t('importing.title')} productName={productName} />
        <p className={classes.lead}>{t('importing.lead')}</p>
      </div>
      <Notice tone="quiet">{t('importing.keys')}</Notice>
      {begin === 'paste' && rows.length === 0 ? (
        <PasteForm onText={(text) => void addText(text)} isBusy={reading !== undefined} />
      ) : (
        <div className={classes.drop}>
          <FileButton multiple onChange={(files) => void addFiles(files)}>
            {(props) => (
              <Button {...props} loading={reading !== undefined}>
                {t('importing.choose')}
              </Button>
            )}
          </FileButton>
          <span>{t('importing.drop')}</span>
        </div>
      )}
      <div role="status">{reading !== undefined && t('importing.reading', { name: reading })}</div>
      {faults.map(({ name, code }) => (
        <Notice
          key={name}
          tone="invalid"
          role="alert"
          title={t('importing.uploadFailed', { name, why: textOf(code) ?? code })}
        />
      ))}
      <ActionProblem error={preview.error} textOf={textOf} />
      <ImportRows
        rows={rows}
        choices={choices}
        onChoose={(id, choice) => setChoices((before) => ({ ...before, [id]: choice }))}
        onUnlock={(itemId, password) => unlock.mutate({ itemId, password })}
        isUnlocking={unlock.isPending}
      />
      <ActionProblem error={unlock.error ?? commit.error} textOf={textOf} />
      {rows.length > 0 && (
        <div className={classes.buttons}>
          <Button disabled={chosen.length === 0} loading={commit.isPending} onClick={save}>
            {t('importing.save', { count: chosen.length })}
          </Button>
          <Button variant="default" onClick={() => void discard().then(leave)}>
            {t('importing.discard')}
          </Button>
        </div>
      )}
      <DropAnywhere />
    </div>
  );
}

function useImportProblem(): (code: string) => string | undefined {
  const { t } = useTranslation(['workspace', 'console']);
  return (code) => {
    switch (code) {
      case 'import-gone':
        return t('importing.gone');
      case 'import-changed':
        return t('importing.changed');
      case 'import-full':
        return t('importing.full');
      case 'request-too-large':
        return t('fault.tooLarge', { ns: 'console' });
      case 'throttled':
        return t('fault.throttled', { ns: 'console' });
      case 'network':
        return t('fault.networkText', { ns: 'console' });
      default:
        return undefined;
    }
  };
}

function PasteForm({
  onText,
  isBusy,
}: {
  readonly onText: (text: string) => void;
  readonly isBusy: boolean;
}) {
  const { t } = useTranslation('workspace');
  const [text, setText] = useState('');
  return (
    <form
      className={classes.section}
      onSubmit={(event) => {
        event.preventDefault();
        onText(text);
      }}
    >
      <Textarea
        label={t('importing.pasteLabel')}
        description={t('importing.pasteHint')}
        rows={10}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" disabled={text.trim() === ''} loading={isBusy}>
          {t('importing.pasteAct')}
        </Button>
      </div>
    </form>
  );
}
