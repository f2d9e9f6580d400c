import { type ReactNode, useEffect, useRef } from 'react';
import classes from './replace-page.module.css';

/** What has taken the place of a pressed button takes its focus too, so that it is read aloud and the next Tab goes on. */
export function Focused({ children }: { readonly children: ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => part.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={part} tabIndex={-1} className={classes.focused}>
      {children}
    </div>
  );
}
