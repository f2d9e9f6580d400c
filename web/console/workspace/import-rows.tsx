import { Anchor, Button, Checkbox, NativeSelect, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateStore, ImportRow } from '../../../src/console/workspace/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { groupHex } from '../../ui/hex-value.ts';
import { useServerNow } from '../use-server-now.ts';
import { useNames } from './names.ts';
import classes from './workspace.module.css';

export interface Choice {
  readonly isTaken: boolean;
  /** Undefined: as proposed. */
  readonly store: CertificateStore | undefined;
  readonly isTrusted: boolean;
}
export type Choices = Readonly<Record<string, Choice>>;

/** What is there already, and an older list, is not ticked; trust is never ticked beforehand. */
export function defaultChoice(row: ImportRow): Choice {
  const isTaken =
    (row.kind === 'certificate' && row.presence !== 'here') ||
    (row.kind === 'list' && row.presence !== 'here' && row.age !== 'older');
  return { isTaken, store: undefined, isTrusted: false };
}

interface ImportRowsProps {
  readonly rows: readonly ImportRow[];
  readonly choices: Choices;
  readonly onChoose: (id: string, choice: Choice) => void;
  readonly onUnlock: (id: string, password: string) => void;
  readonly isUnlocking: boolean;
}

export function ImportRows({ rows, choices, onChoose, onUnlock, isUnlocking }: ImportRowsProps) {
  const names = useNames();
  return (
    <ul className={classes.rows}>
      {rows.map((row) => {
        const choice = choices[row.id] ?? defaultChoice(row);
        const choose = (change: Partial<Choice>) => onChoose(row.id, { ...choice, ...change });
        return (
          <li key={row.id} className={classes.row}>
            {row.kind === 'certificate' && <CertificateRow row={row} choice={choice} onChoose={choose} />}
            {row.kind === 'list' && <ListRow row={row} choice={choice} onChoose={choose} />}
            {row.kind === 'locked' && (
              <LockedRow row={row} isBusy={isUnlocking} onUnlock={(password) => onUnlock(row.id, password)} />
            )}
            {row.kind === 'not-importable' && (
              <>
                <span />
                <span className={classes.rowText}>
                  <span className={classes.name}>{row.file}</span>
                  <span>{names.notImportable(row.what)}</span>
                </span>
                <span className={`${classes.place} ${classes.dimmed}`}>{row.detail}</span>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface RowProps<Kind extends ImportRow['kind']> {
  readonly row: Extract<ImportRow, { kind: Kind }>;
  readonly choice: Choice;
  readonly onChoose: (change: Partial<Choice>) => void;
}

const STORES: readonly CertificateStore[] = ['personal', 'others', 'authorities'];

function CertificateRow({ row, choice, onChoose }: RowProps<'certificate'>) {
  const { t } = useTranslation('workspace');
  const now = useServerNow();
  const { certificate, presence, replaces, olderThan } = row;
  const { owner, sha256, notAfter, notBefore } = certificate;
  const notes = [
    presence === 'new' ? t('importing.isNew') : presence === 'removed' ? t('importing.removed') : undefined,
    new Date(notAfter) < now ? t('importing.expired', { date: formatDate(notAfter) }) : undefined,
    new Date(notBefore) > now ? t('importing.notYet', { date: formatDate(notBefore) }) : undefined,
    replaces === null ? undefined : t('importing.replaces', { date: formatDate(replaces.notAfter) }),
    olderThan === null ? undefined : t('importing.olderThan', { date: formatDate(olderThan.notAfter) }),
  ].filter((note) => note !== undefined);
  return (
    <>
      <Checkbox
        checked={choice.isTaken}
        disabled={presence === 'here' && !row.hasKey}
        aria-label={t('importing.take', { name: owner })}
        onChange={(event) => onChoose({ isTaken: event.currentTarget.checked })}
      />
      <span className={classes.rowText}>
        <span className={classes.name}>{owner}</span>
        <span>
          {certificate.issuer} · {formatDate(notBefore)} – {formatDate(notAfter)}
        </span>
        <span>
          {presence === 'here' && (
            <>
              {t('importing.here')} – <Anchor href={`/certificates/${sha256}`}>{t('importing.open')}</Anchor>
            </>
          )}
          {notes.join(' · ')}
        </span>
        <span className={classes.dimmed}>{row.file}</span>
        {certificate.isCa && certificate.isSelfIssued && presence !== 'here' && (
          <>
            <Checkbox
              size="sm"
              label={t('importing.trust')}
              checked={choice.isTrusted}
              disabled={!choice.isTaken}
              onChange={(event) => onChoose({ isTrusted: event.currentTarget.checked })}
            />
            {choice.isTrusted && (
              <span className={classes.dimmed}>
                {t('importing.trustText')} <code>{groupHex(sha256)}</code>
              </span>
            )}
          </>
        )}
      </span>
      <span className={classes.place}>
        <NativeSelect
          size="sm"
          aria-label={t('importing.storeOf', { name: owner })}
          value={choice.store ?? row.store}
          disabled={!choice.isTaken}
          onChange={(event) => onChoose({ store: STORES.find((each) => each === event.currentTarget.value) })}
          data={STORES.map((store) => ({ value: store, label: t(`stores.${store}`) }))}
        />
        <span className={classes.dimmed}>{t(`importing.${row.placement}`)}</span>
      </span>
    </>
  );
}

function ListRow({ row, choice, onChoose }: RowProps<'list'>) {
  const { t } = useTranslation('workspace');
  const name = t('importing.list', { issuer: row.issuer });
  return (
    <>
      <Checkbox
        checked={choice.isTaken}
        disabled={row.presence === 'here'}
        aria-label={t('importing.take', { name })}
        onChange={(event) => onChoose({ isTaken: event.currentTarget.checked })}
      />
      <span className={classes.rowText}>
        <span className={classes.name}>{name}</span>
        <span>
          {formatDate(row.thisUpdate)}
          {row.nextUpdate !== null && ` – ${formatDate(row.nextUpdate)}`} ·{' '}
          {t('importing.entries', { count: row.entryCount })} ·{' '}
          {row.presence === 'here' ? t('importing.here') : t(`importing.${row.age}`)}
        </span>
        <span className={classes.dimmed}>{row.file}</span>
      </span>
      <span className={classes.place}>{t('stores.revocation-lists')}</span>
    </>
  );
}

interface LockedRowProps {
  readonly row: Extract<ImportRow, { kind: 'locked' }>;
  readonly isBusy: boolean;
  readonly onUnlock: (password: string) => void;
}

function LockedRow({ row, isBusy, onUnlock }: LockedRowProps) {
  const { t } = useTranslation('workspace');
  const [password, setPassword] = useState('');
  return (
    <>
      <span />
      <span className={classes.rowText}>
        <span className={classes.name}>{row.file}</span>
        <span>{t('importing.locked')}</span>
      </span>
      <form
        className={classes.place}
        onSubmit={(event) => {
          event.preventDefault();
          onUnlock(password);
        }}
      >
        <PasswordInput
          size="sm"
          label={t('importing.password')}
          value={password}
          autoComplete="off"
          error={row.tries > 0 ? t('importing.wrong') : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" mt="xs" loading={isBusy}>
          {t('importing.unlock')}
        </Button>
      </form>
    </>
  );
}
