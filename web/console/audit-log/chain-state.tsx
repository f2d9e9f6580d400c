import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditLogReport } from '../../../src/console/audit-log/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import classes from './audit-log.module.css';
import { useVerification } from './audit-log-api.ts';
import type { ru } from './ru.ts';

type Finding = keyof (typeof ru)['findings'];

const FINDINGS: readonly Finding[] = [
  'row-changed',
  'row-missing',
  'row-foreign',
  'chain-cut',
  'head-mismatch',
  'checkpoint-invalid',
  'history-replaced',
  'head-line-invalid',
  'heads-file-missing',
];

/** Reads the whole chain on request and says whether it is whole. */
export function ChainState() {
  const { t } = useTranslation('audit-log');
  const verification = useVerification();
  return (
    <>
      <div className={classes.acts}>
        <Button
          size="sm"
          variant="default"
          loading={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {verification.isPending ? t('verifying') : t('verify')}
        </Button>
      </div>
      <ActionProblem error={verification.error} />
      {verification.data && <Report report={verification.data} />}
    </>
  );
}

function Report({ report }: { readonly report: AuditLogReport }) {
  const { t } = useTranslation('audit-log');
  const { events, firstSequence, lastSequence, heads, findingCount, findings } = report;
  if (findingCount === 0) {
    return (
      <Notice
        tone="valid"
        role="status"
        title={t('whole', { count: events, first: firstSequence, last: lastSequence, heads })}
      />
    );
  }
  return (
    <Notice tone="invalid" role="alert" title={t('broken', { count: findingCount })}>
      <p>{t('brokenText')}</p>
      <ul className={classes.findings}>
        {findings.slice(0, 10).map(({ kind, sequence }) => {
          const known = FINDINGS.find((each) => each === kind) ?? 'other';
          const name = t(`findings.${known}`, { code: kind });
          return (
            <li key={`${kind} ${sequence}`}>
              {sequence === null ? name : t('finding', { kind: name, sequence })}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
