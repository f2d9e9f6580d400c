import type { ReactNode } from 'react';
import classes from './statement.module.css';

interface StatementProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly action: ReactNode;
}

/** A page that says one thing and shows one way on. */
export function Statement({ icon, title, text, detail, action }: StatementProps) {
  return (
    <div className={classes.statement}>
      <div className={classes.icon}>{icon}</div>
      {title}
      <p>{text}</p>
      {detail !== undefined && <p className={classes.detail}>{detail}</p>}
      <div className={classes.action}>{action}</div>
    </div>
  );
}
