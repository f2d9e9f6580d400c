import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FixView, HealthGroup } from '../../../src/console/status/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { FixButtons } from '../status/fix-buttons.tsx';
import { useHealth } from '../status/status-api.ts';
import { useReason } from '../status/use-reason.ts';
import classes from './dss.module.css';
import { useConnections } from './dss-api.ts';

/** Certificates of authorities and lists: what an import can bring into order. */
const FIXES: ReadonlySet<FixView['kind']> = new Set([
  'fetch-issuer',
  'fetch-list',
  'install-anchor',
  'import-issuer',
  'import-list',
]);

/** Which roots and lists are missing for the certificates of a connection, each with the button that brings it. */
export function MissingParts({ connectionId }: { readonly connectionId: string }) {
  const { t } = useTranslation('dss');
  const connection = useConnections().data?.connections.find(({ id }) => id === connectionId);
  const health = useHealth().data;
  if (connection === undefined || health === undefined) return null;
  const own = new Set(connection.certificates.map(({ sha256 }) => sha256));
  const causes = health.groups.flatMap((group) => {
    const certificate = group.certificates.find(({ sha256 }) => own.has(sha256));
    const isFixable = group.fixes.some(({ kind }) => FIXES.has(kind));
    return certificate === undefined || !isFixable ? [] : [{ group, sha256: certificate.sha256 }];
  });
  const isChecking = (health.counts.checking ?? 0) > 0;
  return (
    <section className={classes.missing} aria-live="polite">
      {isChecking && (
        <p className={classes.buttons}>
          <Loader size="sm" aria-hidden="true" />
          {t('done.checking')}
        </p>
      )}
      {!isChecking && causes.length === 0 && own.size > 0 && <p>{t('done.complete')}</p>}
      {causes.length > 0 && <h2 className={classes.windowTitle}>{t('done.missing')}</h2>}
      {causes.map(({ group, sha256 }) => (
        <Cause key={group.key} group={group} sha256={sha256} />
      ))}
    </section>
  );
}

function Cause({ group, sha256 }: { readonly group: HealthGroup; readonly sha256: string }) {
  const { title, what, todo } = useReason()(group.reason, group);
  return (
    <div className={classes.cause}>
      <Notice tone="attention" title={title}>
        <p>{what}</p>
        <p>{todo}</p>
      </Notice>
      <FixButtons fixes={group.fixes.filter(({ kind }) => FIXES.has(kind))} sha256={sha256} />
    </div>
  );
}
