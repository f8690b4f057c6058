import { VisuallyHidden } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { barWithWords, isLate, percentOf } from './board-bars.js';
import type { Bar, BoardRow } from './board-bars.js';
import classes from './board.module.css';
import { clockIn, spanWords } from './span-words.js';

interface Tick {
  at: number;
  label: ReactNode;
  isStrong?: boolean;
}

interface BoardProps {
  label: string;
  span: { from: number; to: number };
  zone: string;
  nowMs: number;
  rows: readonly BoardRow[];
  ticks: readonly Tick[];
  /** Where lines stand; a day's label stands between two of them. */
  lines: readonly number[];
  now: string | null;
  isThin?: boolean;
  /** Draws what names a row. */
  name: (window: MaintenanceWindowView) => ReactNode;
  /** Said beside a bar of each row. */
  beside?: (bar: Bar) => ReactNode;
}

/** Windows on a time axis. It shows; what can be done is done by the names of its rows, and the list says the same. */
export function Board({
  label,
  span,
  zone,
  nowMs,
  rows,
  ticks,
  lines,
  now,
  isThin,
  name,
  beside,
}: BoardProps) {
  const isNowInSight = nowMs >= span.from && nowMs < span.to;
  const nowPercent = percentOf(nowMs, span);
  const frame = useRef<HTMLDivElement>(null);
  const bringNowIntoSight = useEffectEvent(() => {
    const element = frame.current;
    if (element === null || !isNowInSight) return;
    // A third of the way from the left, so that more of what comes is seen than of what was.
    element.scrollLeft = (element.scrollWidth * nowPercent) / 100 - element.clientWidth / 3;
  });
  useEffect(() => bringNowIntoSight(), [span.from]);
  return (
    <div ref={frame} className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <div className={classes.board}>
        <div className={classes.axis} aria-hidden="true">
          {ticks.map((tick) => (
            <span
              key={tick.at}
              style={{ left: `${percentOf(tick.at, span)}%` }}
              data-first={tick.at === span.from || undefined}
              data-strong={tick.isStrong === true || undefined}
            >
              {tick.label}
            </span>
          ))}
        </div>
        <ul>
          {rows.map((row) => (
            <li key={row.window.id}>
              <div className={classes.label}>{name(row.window)}</div>
              <div className={classes.track} data-thin={isThin}>
                {lines.map((at) => (
                  <i key={at} className={classes.line} style={{ left: `${percentOf(at, span)}%` }} />
                ))}
                {row.bars.map((bar) => (
                  <BarOf key={bar.opensAt} bar={bar} span={span} zone={zone} isThin={isThin} />
                ))}
                {beside && <WordsOf bars={row.bars} span={span} words={beside} />}
              </div>
            </li>
          ))}
        </ul>
        {isNowInSight && (
          <div className={classes.nowFrame} aria-hidden="true">
            <div
              className={classes.now}
              style={{ left: `${nowPercent}%` }}
              data-late={isLate(nowMs, span) || undefined}
            >
              {now !== null && <b>{now}</b>}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

interface BarProps {
  bar: Bar;
  span: { from: number; to: number };
}

interface WordsProps extends Pick<BarProps, 'span'> {
  bars: readonly Bar[];
  words: (bar: Bar) => ReactNode;
}

function BarOf({
  bar,
  span,
  zone,
  isThin = false,
}: BarProps & { zone: string; isThin?: boolean | undefined }) {
  const left = percentOf(bar.opensAt, span);
  return (
    <div
      className={classes.bar}
      data-look={bar.look}
      data-came={bar.opensAt < span.from || undefined}
      data-goes-on={bar.closesAt > span.to || undefined}
      style={{ left: `${left}%`, width: `${percentOf(bar.closesAt, span) - left}%` }}
    >
      {!isThin && bar.attempts.map((at) => <Attempt key={at} at={at} bar={bar} span={span} />)}
      <VisuallyHidden>{barWords(bar, zone)}</VisuallyHidden>
    </div>
  );
}

function Attempt({ at, bar, span }: BarProps & { at: number }) {
  const seen = { from: Math.max(bar.opensAt, span.from), to: Math.min(bar.closesAt, span.to) };
  if (at < seen.from || at >= seen.to) return null;
  return <i className={classes.attempt} style={{ left: `${percentOf(at, seen)}%` }} />;
}

function barWords(bar: Bar, zone: string): string {
  const [first, last] = [bar.attempts.at(0), bar.attempts.at(-1)];
  if (first === undefined || last === undefined) return spanWords(bar, zone);
  const tried =
    first === last ? `at ${clockIn(first, zone)}` : `from ${clockIn(first, zone)} to ${clockIn(last, zone)}`;
  return `${spanWords(bar, zone)}, gate tried ${tried}`;
}

function WordsOf({ bars, span, words }: WordsProps) {
  const bar = barWithWords(bars, span);
  return (
    bar && (
      <Beside bar={bar} span={span}>
        {words(bar)}
      </Beside>
    )
  );
}

/** Right of the bar, left of one that ends late, and inside one that leaves no room on either side. */
function Beside({ bar, span, children }: BarProps & { children: ReactNode }) {
  const [left, right] = [percentOf(bar.opensAt, span), percentOf(bar.closesAt, span)];
  if (right <= 66) {
    return (
      <span className={classes.beside} style={{ left: `calc(${right}% + 8px)` }}>
        {children}
      </span>
    );
  }
  if (left >= 34) {
    return (
      <span className={classes.beside} style={{ right: `calc(${100 - left}% + 8px)` }}>
        {children}
      </span>
    );
  }
  return (
    <span className={classes.beside} data-inside style={{ left: `calc(${left}% + 8px)` }}>
      {children}
    </span>
  );
}
