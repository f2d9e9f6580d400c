import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHourglassEmpty,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export type Tone = 'quiet' | 'accent' | 'valid' | 'attention' | 'invalid';

const ICONS = {
  quiet: IconInfoCircle,
  accent: IconHourglassEmpty,
  valid: IconCircleCheck,
  attention: IconAlertTriangle,
  invalid: IconCircleX,
} as const;

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** `alert` interrupts a screen reader: for what has just gone wrong by the reader's own doing. */
  readonly role?: 'alert' | 'status' | undefined;
}

/** A short statement with its icon; the words say the state, the colour only repeats it. */
export function Notice({ tone, title, children, role }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <Icon className={classes.icon} size={22} stroke={1.75} aria-hidden="true" />
      <div className={classes.body}>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
