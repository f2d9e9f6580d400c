import type { Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

interface RowKeyboardOptions {
  readonly count: number;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly onOpen: ((index: number) => void) | undefined;
  readonly onToggle: ((index: number) => void) | undefined;
}

interface RowKeyboard {
  /** The one row that Tab stops at. */
  readonly activeIndex: number;
  readonly setActiveIndex: (index: number) => void;
  readonly bodyRef: React.RefObject<HTMLTableSectionElement | null>;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableSectionElement>) => void;
}

/** Arrows, Home, End and pages move; Enter opens, Space selects (WAI-ARIA Authoring Practices, "Grid"). */
export function useRowKeyboard({ count, virtualizer, onOpen, onToggle }: RowKeyboardOptions): RowKeyboard {
  const [active, setActive] = useState(0);
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  // A row that is scrolled to is drawn later than it is asked for.
  const wanted = useRef<number>(undefined);
  const activeIndex = Math.min(active, Math.max(0, count - 1));

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = bodyRef.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const row = event.target instanceof HTMLElement ? event.target : undefined;
    // Keys inside a row's own buttons and fields are theirs.
    if (row?.dataset.index === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, virtualizer.getVirtualItems().length - 2);
    const next = moveTo(event.key, activeIndex, page, count);
    if (next !== undefined) {
      wanted.current = next;
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Enter' && onOpen) onOpen(activeIndex);
    else if (event.key === ' ' && onToggle) onToggle(activeIndex);
    else return;
    event.preventDefault();
  };

  return { activeIndex, setActiveIndex: setActive, bodyRef, onKeyDown };
}

/** Undefined: the key moves nothing. */
export function moveTo(key: string, from: number, page: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1);
    case 'ArrowUp':
      return Math.max(0, from - 1);
    case 'PageDown':
      return Math.min(last, from + page);
    case 'PageUp':
      return Math.max(0, from - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
