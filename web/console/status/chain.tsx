import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainLevelView, StatusView } from '../../../src/console/status/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useNotices } from '../notices.tsx';
import { TrustDialog } from '../workspace/trust-dialog.tsx';
import { FixButtons } from './fix-buttons.tsx';
import classes from './status.module.css';
import { useKeep, useStatus } from './status-api.ts';
import { Addresses, TONES } from './status-block.tsx';

/** «Цепочка»: every level from the root down, what can be done with it, and where the chain breaks. */
export function ChainBlock({ sha256 }: { readonly sha256: string }) {
  const { t } = useTranslation('status');
  const query = useStatus(sha256);
  if (query.isError && query.data === undefined) {
    return <LoadFault error={query.error} onRetry={() => void query.refetch()} />;
  }
  const status = query.data;
  if (status === undefined || status.chain.length === 0) {
    return <StatusMark tone="checking" word={t('states.checking')} />;
  }
  return (
    <section className={classes.block}>
      <Levels chain={status.chain} sha256={sha256} />
      {status.fixes.length > 0 && <FixButtons fixes={status.fixes} sha256={sha256} />}
      <Addresses status={status} />
    </section>
  );
}

function Levels({ chain, sha256 }: { readonly chain: StatusView['chain']; readonly sha256: string }) {
  // It begins with what is trusted; the first level that is not valid is where it breaks.
  const isOpen = chain[0]?.isTrusted !== true;
  const broken = isOpen ? 0 : chain.findIndex(({ state }) => state !== 'valid');
  return (
    <ol className={classes.chain}>
      {chain.map((level, index) => (
        <li key={level.sha256}>
          {index === broken && <Break level={level} isOpen={isOpen} />}
          <Level level={level} isRoot={index === 0} isThis={level.sha256 === sha256} />
        </li>
      ))}
    </ol>
  );
}

function Break({ level, isOpen }: { readonly level: ChainLevelView; readonly isOpen: boolean }) {
  const { t } = useTranslation('status');
  return (
    <p className={classes.broken}>
      <IconUnlink size={18} aria-hidden="true" />
      {isOpen && level.state === 'valid'
        ? t('chain.broken')
        : t('chain.brokenBy', { reason: level.reason === null ? '' : t(`reasons.${level.reason}.title`) })}
    </p>
  );
}

interface LevelProps {
  readonly level: ChainLevelView;
  readonly isRoot: boolean;
  readonly isThis: boolean;
}

function Level({ level, isRoot, isThis }: LevelProps) {
  const { t } = useTranslation('status');
  const notify = useNotices();
  const keep = useKeep();
  const [isAsking, setIsAsking] = useState(false);
  const { sha256, name, presence } = level;
  const of = (act: string) => t('chain.of', { act, name });
  return (
    <div className={classes.level} aria-current={isThis ? 'true' : undefined}>
      <StatusMark
        tone={TONES[level.state]}
        word={name}
        stacked
        reason={[
          level.isTrusted ? t('chain.trusted') : undefined,
          level.reason === null ? undefined : t(`reasons.${level.reason}.title`),
          t('chain.until', { at: formatDate(level.notAfter) }),
        ]
          .filter((text) => text !== undefined)
          .join(' · ')}
      />
      <div className={classes.acts}>
        {presence === 'here' && !isThis && (
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={`/certificates/${sha256}`}
            aria-label={of(t('chain.open'))}
          >
            {t('chain.open')}
          </Button>
        )}
        {presence !== 'gone' && (
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={`/api/status/levels/${sha256}/file`}
            download
            aria-label={of(t('chain.export'))}
          >
            {t('chain.export')}
          </Button>
        )}
        {presence === 'known' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={keep.isPending}
            aria-label={of(t('chain.keep'))}
            onClick={() => keep.mutate(sha256, { onSuccess: () => notify({ text: t('chain.kept') }) })}
          >
            {t('chain.keep')}
          </Button>
        )}
        {isRoot && presence === 'here' && level.isAuthority && !level.isTrusted && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={of(t('chain.install'))}
            onClick={() => setIsAsking(true)}
          >
            {t('chain.install')}
          </Button>
        )}
      </div>
      <ActionProblem error={keep.error} />
      {isAsking && (
        <TrustDialog authority={{ ...level, owner: name }} scope="own" onClose={() => setIsAsking(false)} />
      )}
    </div>
  );
}
