import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import type { ReactNode } from 'react';
import { percentOf, placeIn } from '../../lib/time-span.js';
import type { TimeSpan } from '../../lib/time-span.js';
import { useNow } from '../../lib/use-now.js';
import { WindowBar } from '../../ui/window-bar.js';
import { clockOrDay } from './board-words.js';
import classes from './time-bar.module.css';

interface TimeBarProps {
  job: PatchJobView;
  span: TimeSpan;
  batches: JobBoardView['batches'];
}

/** Two labels nearer than this would be written over each other. */
const labelRoom = 0.14;

/** The time the roll-out has: what is over, now, the expected end and the closing line. Ticks are where batches began. */
export function TimeBar({ job, span, batches }: TimeBarProps) {
  const now = useNow();
  const isOver = job.ended_at !== null;
  const nowPlace = placeIn(span, isOver ? span.closesAt : now);
  const isWithin = !isOver && now > span.opensAt && now < span.closesAt;
  const expected = job.expected_end_at === null ? null : Date.parse(job.expected_end_at);
  const expectedPlace = expected === null || isOver ? null : placeIn(span, expected);
  const isLate = expected !== null && expected > span.closesAt;
  const starts = batches.flatMap(({ batch, started_at: at }) =>
    at === null || batch === 0 ? [] : Date.parse(at),
  );
  const opened = clockOrDay(span.opensAt, now);
  const closes = clockOrDay(span.closesAt, now);
  const words = [
    isOver ? `From ${opened} to ${closes}` : `Window ${opened} to ${closes}`,
    ...(isWithin ? [`now ${clockOrDay(now, now)}`] : []),
    ...(expected === null || isOver ? [] : [`expected end about ${clockOrDay(expected, now)}`]),
  ].join(', ');
  return (
    <div className={classes.time}>
      <div className={classes.labels} aria-hidden="true">
        <span data-hidden={nowPlace < labelRoom && isWithin ? '' : undefined}>
          {opened} {isOver ? 'began' : now < span.opensAt ? 'opens' : 'opened'}
        </span>
        {isWithin && (
          <Label place={nowPlace} look="now">
            {clockOrDay(now, now)}
          </Label>
        )}
        {expected !== null && expectedPlace !== null && !isLate && isClear(expectedPlace, nowPlace) && (
          <Label place={expectedPlace} look="expected">
            about {clockOrDay(expected, now)} done
          </Label>
        )}
        <span data-look={isOver ? undefined : 'end'}>
          {closes} {isOver ? 'ended' : 'closes'}
        </span>
      </div>
      <div role="img" aria-label={words}>
        <WindowBar elapsed={nowPlace} now={isWithin ? nowPlace : null} hasEnd={!isOver}>
          {starts.map((at) => (
            <i key={at} className={classes.tick} style={{ left: percentOf(placeIn(span, at)) }} />
          ))}
          {expectedPlace !== null && !isLate && (
            <i className={classes.expected} style={{ left: percentOf(expectedPlace) }} />
          )}
        </WindowBar>
      </div>
      {isLate && (
        <p className={classes.late}>
          At this pace the roll-out takes until about {clockOrDay(expected, now)}, and the last window closes
          before that: hosts whose turn does not come are not patched.
        </p>
      )}
    </div>
  );
}

const isClear = (place: number, nowPlace: number): boolean =>
  Math.abs(place - nowPlace) > labelRoom && place < 1 - labelRoom;

interface LabelProps {
  place: number;
  look: 'now' | 'expected';
  children: ReactNode;
}

function Label({ place, look, children }: LabelProps) {
  return (
    <span className={classes.label} data-look={look} style={{ left: percentOf(place) }}>
      {children}
    </span>
  );
}
