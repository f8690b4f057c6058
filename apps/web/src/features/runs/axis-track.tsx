import { whatHappened } from '../../lib/check-reasons.js';
import { formatClockSeconds, formatLatency, viewerZone } from '../../lib/times.js';
import { percentOf } from '../../lib/time-span.js';
import { attemptStates } from '../../ui/run-states.js';
import { StateMark } from '../../ui/state-mark.js';
import { states } from '../../ui/states.js';
import { Tip } from '../../ui/tip.js';
import type { AxisMarks, Dot } from './gate-axis.js';
import classes from './gate-checks.module.css';

const shownInTip = 6;

interface AxisTrackProps {
  marks: AxisMarks;
  checkId: string;
  label: string;
  now: number | null;
}

/** The attempts of one check: dots are evidence, the ring is the next attempt, points what is left of the window. */
export function AxisTrack({ marks, checkId, label, now }: AxisTrackProps) {
  return (
    <div className={classes.track} role="img" aria-label={label}>
      {now !== null && <i className={classes.now} style={{ left: percentOf(now) }} />}
      {marks.dots.map((dot) => (
        <EvidenceDot key={dot.place} dot={dot} checkId={checkId} />
      ))}
      {marks.next !== null && <i className={classes.ring} style={{ left: percentOf(marks.next) }} />}
      {marks.later.map((place) => (
        <i key={place} className={classes.point} style={{ left: percentOf(place) }} />
      ))}
    </div>
  );
}

function EvidenceDot({ dot, checkId }: { dot: Dot; checkId: string }) {
  const found = dot.attempts.flatMap((attempt) => {
    const check = attempt.checks.find(({ check_id: id }) => id === checkId);
    return check === undefined ? [] : [{ attempt, check }];
  });
  const last = found.at(-1);
  if (last === undefined) return null;
  return (
    <span className={classes.dot} style={{ left: percentOf(dot.place) }}>
      <Tip
        label={
          <ul>
            {found
              .slice(-shownInTip)
              .toReversed()
              .map(({ attempt, check }) => (
                <li key={attempt.attempt}>
                  Attempt {attempt.attempt}, {formatClockSeconds(Date.parse(check.checked_at), viewerZone())}:{' '}
                  {check.verdict === 'pass' ? states.pass.word : whatHappened(check)}
                  {check.latency_ms > 0 && ` ${formatLatency(check.latency_ms)}`}
                </li>
              ))}
            {found.length > shownInTip && <li>and {found.length - shownInTip} before</li>}
          </ul>
        }
      >
        <StateMark state={attemptStates[last.check.verdict]} />
      </Tip>
    </span>
  );
}
