import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './list-with-panel.module.css';

export interface Panel {
  /** Changes with what is shown, so that the focus moves to its heading. */
  readonly key: string;
  readonly title: ReactNode;
  readonly content: ReactNode;
  /** Navigate to the list's own address; the browser's back button does the same. */
  readonly onClose: () => void;
}

interface ListWithPanelProps {
  /** Heading, toolbar and table. */
  readonly children: ReactNode;
  /** What the address below the list's names; undefined: the list alone. */
  readonly panel: Panel | undefined;
}

/** A list, and at its right the details of one thing, which has an address of its own. On a narrow screen it takes the place of the list. */
export function ListWithPanel({ children, panel }: ListWithPanelProps) {
  const list = useRef<HTMLDivElement>(null);
  const opened = useRef<string>(undefined);
  const key = panel?.key;
  useEffect(() => {
    // Closed again: back to the row it was opened from.
    if (key === undefined && opened.current !== undefined) {
      list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(opened.current)}"]`)?.focus();
    }
    opened.current = key;
  }, [key]);
  return (
    <div className={classes.page} data-with-panel={panel !== undefined}>
      <div className={classes.list} ref={list}>
        {children}
      </div>
      {panel !== undefined && <PanelFrame key={panel.key} panel={panel} />}
    </div>
  );
}

function PanelFrame({ panel: { title, content, onClose } }: { readonly panel: Panel }) {
  const { t } = useTranslation('console');
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    // Escape closes it as it closes windows; nothing is lost by it.
    <aside
      className={classes.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <div className={classes.head}>
        <h2 id={id} ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h2>
        <button type="button" className={classes.close} aria-label={t('panel.close')} onClick={onClose}>
          <IconX size={20} aria-hidden="true" />
        </button>
      </div>
      <div className={classes.content}>{content}</div>
    </aside>
  );
}
