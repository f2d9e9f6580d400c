import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Named by what it does: «Завершить сеанс», never «ОК». */
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  /** `danger`: something ends that does not come back. */
  readonly tone?: 'plain' | 'danger';
  /** The act runs: nothing can be pressed twice. */
  readonly isBusy?: boolean;
  /** What has to be typed first, for what concerns many. */
  readonly typed?: { readonly label: string; readonly expected: string };
}

/** The browser's own window over the page: keeps the focus inside, and Escape is a no. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, yes, no, onYes, onNo, tone = 'plain', isBusy = false, typed } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [text, setText] = useState('');
  const isTyped = typed === undefined || text.trim() === typed.expected;
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      // The browser gives the focus back only where the element was not taken out of the page meanwhile.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      <h2 id={heading} className={classes.title}>
        {title}
      </h2>
      {children}
      {typed !== undefined && (
        <TextInput
          className={classes.typed}
          label={typed.label}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={classes.buttons}>
        <Button
          {...(tone === 'danger' ? { className: classes.danger } : {})}
          loading={isBusy}
          disabled={!isTyped}
          onClick={onYes}
        >
          {yes}
        </Button>
        <Button variant="default" onClick={onNo}>
          {no}
        </Button>
      </div>
    </dialog>
  );
}
