import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './notices.module.css';

export interface ToastContent {
  readonly text: string;
  /** «Отменить»: what puts it back as it was. */
  readonly onUndo?: () => void;
}

const SHOWN_MS = 10_000;

const NoticesContext = createContext<((content: ToastContent) => void) | undefined>(undefined);

/** Says at the foot of the page what has just been done. The newest replaces the one before; it waits while it is pointed at. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ readonly content: ToastContent; readonly key: number }>();
  const show = useCallback((content: ToastContent) => {
    setShown((before) => ({ content, key: (before?.key ?? 0) + 1 }));
  }, []);
  return (
    <NoticesContext value={show}>
      {children}
      {/* Always there: a screen reader reads only what appears inside of it. */}
      <div className={classes.place} role="status">
        {shown !== undefined && (
          <Toast key={shown.key} content={shown.content} onClose={() => setShown(undefined)} />
        )}
      </div>
    </NoticesContext>
  );
}

/** Call it with what was done; `onUndo` adds «Отменить». */
export function useNotices(): (content: ToastContent) => void {
  const show = useContext(NoticesContext);
  if (show === undefined) throw new TypeError('useNotices() outside NoticesProvider');
  return show;
}

function Toast({ content, onClose }: { readonly content: ToastContent; readonly onClose: () => void }) {
  const { t } = useTranslation('console');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, onClose]);
  const { text, onUndo } = content;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from going away
    <div
      className={classes.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <IconCheck className={classes.icon} size={20} aria-hidden="true" />
      <span>{text}</span>
      {onUndo !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onUndo();
            onClose();
          }}
        >
          {t('undo')}
        </Button>
      )}
      <button type="button" className={classes.close} aria-label={t('close')} onClick={onClose}>
        <IconX size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
