import type { ReactNode } from 'react';
import classes from './page-frame.module.css';
import { ProductMark } from './product-mark.tsx';

interface PageFrameProps {
  readonly productName: string;
  readonly applicationName?: string | undefined;
  readonly skipText: string;
  readonly end?: ReactNode;
  readonly width?: 'column' | 'wide';
  readonly children: ReactNode;
}

export function PageFrame(props: PageFrameProps) {
  return (
    <>
      <a className={classes.skip} href="#content">
        {props.skipText}
      </a>
      <header className={classes.header} data-width={props.width ?? 'column'}>
        <div className={classes.headerInner}>
          <a className={classes.brand} href="/">
            <ProductMark />
            {props.productName}
          </a>
          {props.applicationName !== undefined && (
            <span className={classes.application}>{props.applicationName}</span>
          )}
          <div className={classes.end}>{props.end}</div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={props.width === 'wide' ? `${classes.main} ${classes.wide}` : classes.main}
      >
        {props.children}
      </main>
    </>
  );
}
