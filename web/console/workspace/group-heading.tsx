import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GroupBy } from './filters.ts';
import type { Group } from './grouped-rows.ts';
import { useNames } from './names.ts';
import { CertificateStatus } from './use-certificate-columns.tsx';
import classes from './workspace.module.css';

const STORES = ['personal', 'others', 'authorities'] as const;
const STATES = ['checking', 'valid', 'valid-expires-soon', 'unknown', 'invalid'] as const;
/** The filter that leaves this group alone; owners have none. */
const FILTERS = {
  store: 'store',
  owner: undefined,
  issuer: 'issuer',
  status: 'state',
  organisation: 'organisation',
  algorithm: 'algorithm',
} as const satisfies Record<GroupBy, string | undefined>;

interface GroupHeadingProps {
  readonly by: GroupBy;
  readonly group: Group;
  readonly onChoose: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** Stands above the rows of a group: what they share, how many they are, and only these. */
export function GroupHeadingContent({ by, group, onChoose }: GroupHeadingProps) {
  const { t } = useTranslation('workspace');
  const filter = FILTERS[by];
  return (
    <span className={classes.groupHeading}>
      <GroupTitle by={by} group={group} />
      <span className={classes.count}>{group.count}</span>
      {filter !== undefined && group.value !== '' && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onChoose({ [filter]: group.value, group: undefined })}
        >
          {t('filters.onlyThese')}
        </Button>
      )}
    </span>
  );
}

function GroupTitle({ by, group: { title } }: Pick<GroupHeadingProps, 'by' | 'group'>) {
  const { t } = useTranslation('workspace');
  const names = useNames();
  const state = STATES.find((each) => each === title);
  if (by === 'status' && state !== undefined) return <CertificateStatus state={state} />;
  const store = STORES.find((each) => each === title);
  if (by === 'store' && store !== undefined) return <b>{t(`stores.${store}`)}</b>;
  if (title === '') return <b>{t('filters.noValue')}</b>;
  return <b>{by === 'algorithm' ? names.algorithm(title) : title}</b>;
}
