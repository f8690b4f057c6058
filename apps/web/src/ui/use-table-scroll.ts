import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

const rowHeightPx = 36;
const phoneRowHeightPx = 60;
const overscanRows = 12;

interface TableScroll {
  frame: RefObject<HTMLDivElement | null>;
  virtualizer: Virtualizer<HTMLElement, HTMLTableRowElement>;
  /** Pixels of rows before and after those drawn. */
  before: number;
  after: number;
}

/**
 * Which of the rows are drawn. On a desk the table scrolls in its own frame; on a phone the page does, because a
 * frame inside a small screen leaves a slit.
 */
export function useTableScroll(rowCount: number): TableScroll {
  const frame = useRef<HTMLDivElement>(null);
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    const page = frame.current?.closest('main');
    if (!isPhone || page === null || page === undefined || frame.current === null) setOffset(0);
    else
      setOffset(
        frame.current.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop,
      );
  }, [isPhone, rowCount]);

  // eslint-disable-next-line react-hooks/incompatible-library -- no React Compiler is used, and nothing here is memoized
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: rowCount,
    getScrollElement: () => (isPhone ? (frame.current?.closest('main') ?? null) : frame.current),
    estimateSize: () => (isPhone ? phoneRowHeightPx : rowHeightPx),
    overscan: overscanRows,
    scrollMargin: offset,
    // The sticky head covers the first pixels of the frame.
    scrollPaddingStart: isPhone ? 0 : rowHeightPx,
  });

  const drawn = virtualizer.getVirtualItems();
  const first = drawn[0];
  const last = drawn.at(-1);
  return {
    frame,
    virtualizer,
    before: first === undefined ? 0 : first.start - offset,
    after: last === undefined ? 0 : virtualizer.getTotalSize() - (last.end - offset),
  };
}
