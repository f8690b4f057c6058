import { formatClock, formatHour, viewerZone } from '../../lib/times.js';
import { percentOf, placeIn } from '../../lib/time-span.js';
import type { TimeSpan } from '../../lib/time-span.js';
import { WindowBar } from '../../ui/window-bar.js';
import { axisTicks } from './gate-axis.js';
import classes from './gate-checks.module.css';

/** Two names nearer than this would be written over each other. */
const nameRoom = 0.13;
const dayMs = 24 * 3_600_000;

interface WindowAxisProps {
  axis: TimeSpan;
  /** Null where the window is not open, or no longer matters. */
  now: number | null;
  isOver: boolean;
}

/** The time of the window over its checks: the opening, now, and the red closing line. */
export function WindowAxis({ axis, now, isOver }: WindowAxisProps) {
  const zone = viewerZone();
  const isLong = axis.closesAt - axis.opensAt > dayMs;
  const named = (at: number): string => (isLong ? formatHour(at, zone) : formatClock(at, zone));
  const place = now === null ? null : placeIn(axis, now);
  const isClear = (at: number): boolean => place === null || Math.abs(placeIn(axis, at) - place) > nameRoom;
  const words = `Window ${named(axis.opensAt)} to ${named(axis.closesAt)}`;
  return (
    <div
      className={classes.axis}
      role="img"
      aria-label={now === null ? words : `${words}, now ${formatClock(now, zone)}`}
    >
      {isClear(axis.opensAt) && <span className={classes.first}>{named(axis.opensAt)}</span>}
      {!isLong &&
        axisTicks(axis)
          .filter(isClear)
          .map((at) => (
            <span key={at} className={classes.tick} style={{ left: percentOf(placeIn(axis, at)) }}>
              {named(at)}
            </span>
          ))}
      {now !== null && place !== null && (
        <span className={classes.nowName} style={{ left: percentOf(Math.min(0.94, Math.max(0.06, place))) }}>
          {formatClock(now, zone)}
        </span>
      )}
      {isClear(axis.closesAt) && <span className={classes.last}>{named(axis.closesAt)}</span>}
      <span className={classes.bar}>
        <WindowBar elapsed={place ?? (isOver ? 1 : 0)} now={place} hasEnd size="thin" />
      </span>
    </div>
  );
}
