import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconHourglassEmpty,
} from '@tabler/icons-react';
import classes from './status-mark.module.css';

export type StatusTone = 'valid' | 'attention' | 'invalid' | 'unknown' | 'checking';

const ICONS = {
  valid: IconCircleCheck,
  attention: IconAlertTriangle,
  invalid: IconCircleX,
  unknown: IconHelpCircle,
  checking: IconHourglassEmpty,
} as const;

interface StatusMarkProps {
  readonly tone: StatusTone;
  readonly word: string;
  /** Why it is so; beside the word, or below it with `stacked`. */
  readonly reason?: string | undefined;
  readonly stacked?: boolean;
}

/** A status: icon, word and reason. The colour only repeats what the words say. */
export function StatusMark({ tone, word, reason, stacked = false }: StatusMarkProps) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.status} data-tone={tone} data-stacked={stacked}>
      <Icon className={classes.icon} size={18} stroke={1.75} aria-hidden="true" />
      <span className={classes.words}>
        <span className={classes.word}>{word}</span>
        {reason !== undefined && (
          <span className={classes.reason} title={stacked ? undefined : reason}>
            {stacked ? reason : ` · ${reason}`}
          </span>
        )}
      </span>
    </span>
  );
}
