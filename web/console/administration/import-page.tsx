import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportView, PreviewView } from '../../../src/console/administration/contract.ts';
import { problemCode, readProblem } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { useConsole } from '../console-context.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';

const AT_ONCE = 250;

async function sendFile(file: File, encoding: string, separator: string): Promise<PreviewView> {
  const query = new URLSearchParams({ encoding, separator });
  const response = await fetch(`/api/administration/import/preview?${query}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'x-propusk-console': '1', 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as PreviewView;
}

/** Accounts from a file: a look at it first, then some hundreds at once, which can be stopped. */
export function ImportPage() {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const { productName } = useMe();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File>();
  const [encoding, setEncoding] = useState('auto');
  const [separator, setSeparator] = useState('auto');
  const [progress, setProgress] = useState({ created: 0, skipped: 0 });
  const stopped = useRef(false);
  const preview = useMutation({
    mutationFn: (chosen: File) => sendFile(chosen, encoding, separator),
    onSuccess: () => {
      setProgress({ created: 0, skipped: 0 });
      run.reset();
    },
  });
  const run = useMutation({
    mutationFn: async ({ ready }: PreviewView) => {
      stopped.current = false;
      let [created, skipped] = [0, 0];
      for (let start = 0; start < ready.length && !stopped.current; start += AT_ONCE) {
        const { outcomes } = await http.send<ImportView>('POST', '/api/administration/import/rows', {
          body: { rows: ready.slice(start, start + AT_ONCE) },
        });
        const made = outcomes.filter((outcome) => outcome === 'created').length;
        created += made;
        skipped += outcomes.length - made;
        setProgress({ created, skipped });
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const view = preview.data;
  const unreadable = preview.error !== null && problemCode(preview.error) === 'csv-invalid';
  const choice = (label: string, value: string, onChange: (value: string) => void, data: string[][]) => (
    <NativeSelect
      label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={data.map(([name = '', title = name]) => ({ value: name, label: title }))}
    />
  );
  return (
    <ListWithPanel panel={undefined}>
      <PageTitle title={t('import.title')} productName={productName} />
      <p className={classes.lead}>{t('import.lead')}</p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== undefined && !preview.isPending) preview.mutate(file);
        }}
      >
        <label>
          {t('import.file')}{' '}
          <input
            type="file"
            accept=".csv,.txt,text/csv"
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0]);
              preview.reset();
            }}
          />
        </label>
        <div className={classes.tools}>
          {choice(t('import.encoding'), encoding, setEncoding, [
            ['auto', t('import.auto')],
            ['utf-8', 'UTF-8'],
            ['utf-16le', 'UTF-16 LE'],
            ['utf-16be', 'UTF-16 BE'],
            ['windows-1251', 'Windows-1251'],
          ])}
          {choice(t('import.separator'), separator, setSeparator, [
            ['auto', t('import.auto')],
            ['comma', t('import.comma')],
            ['semicolon', t('import.semicolon')],
            ['tab', t('import.tab')],
          ])}
        </div>
        <Button type="submit" disabled={file === undefined} loading={preview.isPending}>
          {t('import.preview')}
        </Button>
      </form>
      {unreadable ? (
        <Notice tone="invalid" role="alert" title={t('import.unreadable')} />
      ) : (
        <AdminProblem error={preview.error ?? run.error} />
      )}
      {view !== undefined && (
        <>
          <p role="status">
            {t('import.summary', {
              total: view.total,
              ready: view.ready.length,
              problems: view.problemCount,
            })}{' '}
            {t('import.read', { encoding: view.encoding, separator: t(`import.${view.separator}`) })}
          </p>
          {(run.isSuccess || run.isError) && (
            <Notice
              tone={run.isSuccess ? 'valid' : 'attention'}
              role="status"
              title={t('import.report', progress)}
            />
          )}
          {run.isPending && (
            <p role="status">{t('import.progress', { done: progress.created, count: view.ready.length })}</p>
          )}
          <div className={classes.acts}>
            {run.isPending ? (
              <Button
                variant="default"
                onClick={() => {
                  stopped.current = true;
                }}
              >
                {t('import.stop')}
              </Button>
            ) : (
              !run.isSuccess &&
              view.ready.length > 0 && (
                <Button onClick={() => run.mutate(view)}>
                  {t('import.run', { count: view.ready.length })}
                </Button>
              )
            )}
          </div>
          {view.problems.length > 0 && (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('import.line')}</th>
                  <th scope="col">{t('columns.login')}</th>
                  <th scope="col">{t('import.problem')}</th>
                </tr>
              </thead>
              <tbody>
                {view.problems.map(({ line, login, code }) => (
                  <tr key={line}>
                    <td>{line}</td>
                    <td>{login}</td>
                    <td>{t(`import.problems.${code}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </ListWithPanel>
  );
}
