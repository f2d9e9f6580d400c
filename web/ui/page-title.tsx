import { useEffect, useRef } from 'react';
import classes from './page-title.module.css';

let shownBefore = false;

interface PageTitleProps {
  readonly title: string;
  readonly productName: string;
  /** Sign-in puts the focus into its first field instead. */
  readonly takesFocus?: boolean;
}

/** The heading of a page. After a navigation within the pages it takes the focus, so that it is read aloud. */
export function PageTitle({ title, productName, takesFocus = true }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === productName ? title : `${title} · ${productName}`;
  }, [title, productName]);
  useEffect(() => {
    if (shownBefore && takesFocus) heading.current?.focus({ preventScroll: true });
    shownBefore = true;
  }, [takesFocus]);
  return (
    <h1 ref={heading} tabIndex={-1} className={classes.title}>
      {title}
    </h1>
  );
}
