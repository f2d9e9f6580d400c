import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntriesView, ListContentsView, ListedEntry } from '../../../src/console/status/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { groupHex } from '../../ui/hex-value.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useConsole } from '../console-context.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { Facts } from '../panel/facts.tsx';
import classes from './status.module.css';

/** What stands in a revocation list: a serial number is looked for, and which of my certificates it concerns. */
export function ListContents({ sha256 }: { readonly sha256: string }) {
  return (
    <>
      <SerialSearch key={sha256} sha256={sha256} />
      <Concerned sha256={sha256} />
    </>
  );
}

function SerialSearch({ sha256 }: { readonly sha256: string }) {
  const { t } = useTranslation('status');
  const { http } = useConsole();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const heading = useId();
  const query = useQuery({
    queryKey: ['status', 'list-entries', sha256, asked],
    queryFn: ({ signal }) =>
      http.get<EntriesView>(
        `/api/status/lists/${sha256}/entries?${new URLSearchParams({ serial: asked })}`,
        signal,
      ),
    enabled: asked !== '',
  });
  return (
    <section className={classes.block} aria-labelledby={heading}>
      <h3 id={heading} className={classes.heading}>
        {t('list.search')}
      </h3>
      <form
        className={classes.search}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <TextInput
          className={classes.field}
          label={t('list.serial')}
          description={t('list.serialHint')}
          value={typed}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={query.isFetching} disabled={typed.trim() === ''}>
          {t('list.find')}
        </Button>
      </form>
      <ActionProblem error={query.error} />
      <div role="status">{query.data !== undefined && asked !== '' && <Answer found={query.data} />}</div>
    </section>
  );
}

function Answer({ found }: { readonly found: EntriesView }) {
  const { t } = useTranslation('status');
  switch (found.outcome) {
    case 'not-a-number':
      return <p>{t('list.notANumber')}</p>;
    case 'not-listed':
      return (
        <StatusMark
          tone="valid"
          word={t('list.notListed')}
          stacked
          reason={t('list.notListedText', { serial: groupHex(found.serialNumber ?? '') })}
        />
      );
    case 'listed':
      return (
        <ul className={classes.chain}>
          {found.entries.map((entry) => (
            <li key={`${entry.issuer}${entry.revokedAt}`}>
              <EntryMark entry={entry} />
            </li>
          ))}
        </ul>
      );
  }
}

function EntryMark({ entry }: { readonly entry: ListedEntry }) {
  const { t } = useTranslation('status');
  if (entry.isRemoved) {
    const at = formatDateTime(entry.revokedAt);
    return (
      <StatusMark tone="valid" word={t('list.removed')} stacked reason={t('list.removedText', { at })} />
    );
  }
  return (
    <StatusMark
      tone="invalid"
      word={t('list.listed')}
      stacked
      reason={[
        t('list.since', { at: formatDateTime(entry.revokedAt) }),
        t('list.reason', { reason: t(`revocationReasons.${entry.reason ?? 'unspecified'}`) }),
        ...(entry.issuer === null ? [] : [t('list.entryIssuer', { issuer: entry.issuer })]),
      ].join('. ')}
    />
  );
}

function Concerned({ sha256 }: { readonly sha256: string }) {
  const { t } = useTranslation('status');
  const { http } = useConsole();
  const heading = useId();
  const query = useQuery({
    queryKey: ['status', 'list', sha256],
    queryFn: ({ signal }) => http.get<ListContentsView>(`/api/status/lists/${sha256}`, signal),
  });
  if (query.isError && query.data === undefined) {
    return <LoadFault error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return null;
  const { concerned, issuer, about, baseNumber } = query.data;
  const rest = concerned.count - concerned.certificates.length;
  return (
    <>
      <section className={classes.block} aria-labelledby={heading}>
        <h3 id={heading} className={classes.heading}>
          {t('list.mine')}
        </h3>
        <p>
          {concerned.count === 0
            ? t('list.none')
            : `${t('list.ofIssuer', { count: concerned.count })} ${
                concerned.revoked === 0
                  ? t('list.noneRevoked')
                  : t('list.revoked', { count: concerned.revoked })
              }`}
        </p>
        <ul className={classes.chain}>
          {concerned.certificates.map(({ sha256: certificate, owner, entry }) => (
            <li key={certificate} className={classes.mine}>
              <Link to={`/certificates/${certificate}`}>{owner}</Link>
              {entry === null ? (
                <span className={classes.dimmed}>{t('list.notListed')}</span>
              ) : (
                <EntryMark entry={entry} />
              )}
            </li>
          ))}
          {rest > 0 && <li className={classes.dimmed}>{t('more', { count: rest })}</li>}
        </ul>
      </section>
      <Facts
        items={[
          { name: t('list.issuer'), value: <span className={classes.url}>{issuer}</span> },
          { name: t('list.aboutTitle'), value: t(`list.about.${about}`) },
          ...(baseNumber === null ? [] : [{ name: t('list.base'), value: baseNumber }]),
        ]}
      />
    </>
  );
}
