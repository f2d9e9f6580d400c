import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './disclosure.module.css';

interface DisclosureProps {
  readonly title: ReactNode;
  readonly id?: string;
  readonly open?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The browser's own disclosure: works from the keyboard, is found by the page search, needs no animation. */
export function Disclosure({ title, id, open, className, children }: DisclosureProps) {
  return (
    <details id={id} open={open} className={`${classes.disclosure} ${className ?? ''}`}>
      <summary>
        <IconChevronRight className={classes.marker} aria-hidden="true" />
        {title}
      </summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
