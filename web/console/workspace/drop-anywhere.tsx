import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handOverFiles } from './dropped-files.ts';
import classes from './workspace.module.css';

/** Files dropped anywhere on the page go to the import. */
export function DropAnywhere() {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const [isOver, setOver] = useState(false);
  // With the page, not after it is painted: a file dropped in between would be lost.
  useLayoutEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    // Without it the browser would open the file in place of the page.
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      handOverFiles([...(event.dataTransfer?.files ?? [])]);
      void navigate({ to: '/certificates/import' });
    };
    const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop } as const;
    document.addEventListener('dragenter', listeners.dragenter);
    document.addEventListener('dragleave', listeners.dragleave);
    document.addEventListener('dragover', listeners.dragover);
    document.addEventListener('drop', listeners.drop);
    return () => {
      document.removeEventListener('dragenter', listeners.dragenter);
      document.removeEventListener('dragleave', listeners.dragleave);
      document.removeEventListener('dragover', listeners.dragover);
      document.removeEventListener('drop', listeners.drop);
    };
  }, [navigate]);
  return isOver ? <div className={classes.overlay}>{t('importing.dropHere')}</div> : null;
}
