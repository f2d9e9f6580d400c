import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cutHex, groupHex } from '../ui/hex-value.ts';
import classes from './copyable-hex.module.css';

interface CopyableHexProps {
  /** Hexadecimal digits without separators; copied as they are. */
  readonly hex: string;
  /** For the button: «Серийный номер». */
  readonly what: string;
  /** All groups in place of the first and last ones. */
  readonly whole?: boolean;
}

const SHOWN_MS = 3_000;

/** A serial number or a fingerprint: groups of four, cut in the middle, copied by a press. */
export function CopyableHex({ hex, what, whole = false }: CopyableHexProps) {
  const { t } = useTranslation('console');
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    void navigator.clipboard.writeText(hex).then(
      () => setState('done'),
      () => setState('failed'),
    );
  const Icon = state === 'done' ? IconCheck : IconCopy;
  return (
    <span className={classes.value}>
      <code className={classes.hex} title={groupHex(hex)}>
        {whole ? groupHex(hex) : cutHex(hex)}
      </code>
      <button type="button" className={classes.copy} aria-label={t('copy.copy', { what })} onClick={copy}>
        <Icon size={16} aria-hidden="true" />
      </button>
      <span className={classes.said} role="status">
        {state === 'idle' ? '' : t(`copy.${state}`)}
      </span>
    </span>
  );
}
