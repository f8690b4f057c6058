import { useId, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { createPortal } from 'react-dom';
import classes from './tip.module.css';

const openAfterMs = 250;
const widestPx = 320;

interface TipProps {
  /** Null where there is nothing to say now: what it stands around keeps its place, and the focus with it. */
  label: ReactNode;
  children: ReactNode;
}

/**
 * More about a word, on hover or focus. It can be pointed at and Escape closes it (WCAG 1.4.13). Of our own, because a
 * table draws dozens of them and a placement engine behind each would be felt while scrolling.
 */
export function Tip({ label, children }: TipProps) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<number>(undefined);
  const [place, setPlace] = useState<CSSProperties | null>(null);

  const show = (): void => {
    const box = anchor.current?.getBoundingClientRect();
    if (box === undefined || label === null) return;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - widestPx - 8));
    // What it says may still be on its way, so its height is not known: it opens to the side that has more room.
    const isLow = box.bottom > window.innerHeight * 0.7;
    setPlace({ left, ...(isLow ? { bottom: window.innerHeight - box.top } : { top: box.bottom }) });
  };
  const hide = (): void => {
    window.clearTimeout(timer.current);
    setPlace(null);
  };

  return (
    <span
      ref={anchor}
      className={classes.anchor}
      aria-describedby={place === null ? undefined : id}
      onMouseEnter={() => {
        timer.current = window.setTimeout(show, openAfterMs);
      }}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide();
      }}
    >
      {children}
      {place !== null &&
        createPortal(
          <div id={id} role="tooltip" className={classes.bridge} style={place}>
            <div className={classes.tip}>{label}</div>
          </div>,
          document.body,
        )}
    </span>
  );
}
