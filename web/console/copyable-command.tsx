import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './copyable-hex.module.css';

const SHOWN_MS = 3_000;

/** A command line to run on the server, copied by a press. */
export function CopyableCommand({ command }: { readonly command: string }) {
  const { t } = useTranslation('console');
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    void navigator.clipboard.writeText(command).then(
      () => setState('done'),
      () => setState('failed'),
    );
  const Icon = state === 'done' ? IconCheck : IconCopy;
  return (
    <span className={classes.value}>
      <code className={classes.command}>{command}</code>
      <button
        type="button"
        className={classes.copy}
        aria-label={t('copy.copy', { what: command })}
        onClick={copy}
      >
        <Icon size={16} aria-hidden="true" />
      </button>
      <span className={classes.said} role="status">
        {state === 'idle' ? '' : t(`copy.${state}`)}
      </span>
    </span>
  );
}
