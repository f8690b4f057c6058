import type { GateAttemptView, RunDetailView } from '@patchgate/contracts';
import { isUndispatched } from '@patchgate/domain';
import { whatHappened } from '../../lib/check-reasons.js';
import { formatClock, formatClockSeconds, formatLatency, viewerZone } from '../../lib/times.js';
import { placeIn } from '../../lib/time-span.js';
import type { TimeSpan } from '../../lib/time-span.js';
import { useNow } from '../../lib/use-now.js';
import { attemptStates } from '../../ui/run-states.js';
import { StateIcon } from '../../ui/state-badge.js';
import { StateMark } from '../../ui/state-mark.js';
import { states } from '../../ui/states.js';
import { AxisTrack } from './axis-track.js';
import { WindowAxis } from './window-axis.js';
import { attemptsLeft, axisMarks, retryMsOf } from './gate-axis.js';
import classes from './gate-checks.module.css';
import { checkRows } from './gate-rows.js';
import type { CheckRow } from './gate-rows.js';

interface GateChecksProps {
  run: RunDetailView;
  attempts: readonly GateAttemptView[];
}

/** Checks down, attempts across on the time of the window. */
export function GateChecks({ run, attempts }: GateChecksProps) {
  const now = useNow();
  const axis = axisOf(run, attempts);
  const isAtGate = isUndispatched(run.status);
  const next = isAtGate && run.gate.next_attempt_at !== null ? Date.parse(run.gate.next_attempt_at) : null;
  const marks = axisMarks(axis, attempts, next);
  const rows = checkRows(attempts);
  const isOpen = isAtGate && now > axis.opensAt && now < axis.closesAt;
  const last = run.gate.last_attempt_at;
  return (
    <div className={classes.checks}>
      <div className={classes.row}>
        <span className={classes.quiet}>
          {last !== null && `Last result at ${formatClockSeconds(Date.parse(last), viewerZone())}`}
        </span>
        <WindowAxis axis={axis} now={isOpen ? now : null} isOver={!isAtGate} />
      </div>
      {rows.length === 0 && (
        <p className={classes.quiet}>
          No attempt has asked a check: the host had none, or none could be asked.
        </p>
      )}
      {rows.map((row) => (
        <div key={row.id} className={classes.row}>
          <CheckName row={row} />
          <AxisTrack
            marks={marks}
            checkId={row.id}
            label={trackWords(row, next, axis, attempts)}
            now={isOpen ? placeIn(axis, now) : null}
          />
        </div>
      ))}
      <Key isAtGate={isAtGate} />
    </div>
  );
}

/** The window where it is known, widened by what was attempted; else the time from the first attempt to the last. */
function axisOf({ gate }: RunDetailView, attempts: readonly GateAttemptView[]): TimeSpan {
  const starts = attempts.map(({ started_at: at }) => Date.parse(at));
  const { window_opens_at: opens, window_closes_at: closes } = gate;
  return {
    opensAt: Math.min(...(opens === null ? [] : [Date.parse(opens)]), ...starts),
    closesAt: Math.max(...(closes === null ? [] : [Date.parse(closes)]), ...starts),
  };
}

/** What the dots of a row show, in words. */
function trackWords(
  { name, verdicts }: CheckRow,
  next: number | null,
  axis: TimeSpan,
  attempts: readonly GateAttemptView[],
): string {
  const past = verdicts.map((verdict) => states[attemptStates[verdict]].word.toLowerCase()).join(', ');
  if (next === null) return `${name}: ${past}`;
  const more = attemptsLeft(axis, next, retryMsOf(attempts)) - 1;
  const later = more > 0 ? `, then at most ${more} more before the window closes` : '';
  return `${name}: ${past}; next at ${formatClock(next, viewerZone())}${later}`;
}

function CheckName({ row: { name, last, isAsked } }: { row: CheckRow }) {
  const state = attemptStates[last.verdict];
  return (
    <div className={classes.check}>
      <StateIcon state={state} />
      <span className={classes.name}>{name}</span>
      <span className={classes.latency}>{last.latency_ms > 0 && formatLatency(last.latency_ms)}</span>
      <span className={classes.detail} data-verdict={last.verdict}>
        {last.verdict === 'pass' ? states[state].word : whatHappened(last)}
        {!isAsked && ' Not asked any more.'}
      </span>
    </div>
  );
}

function Key({ isAtGate }: { isAtGate: boolean }) {
  return (
    <p className={classes.key} aria-hidden="true">
      {(['pass', 'fail', 'couldNotAsk'] as const).map((state) => (
        <span key={state}>
          <StateMark state={state} /> {states[state].word.toLowerCase()}
        </span>
      ))}
      {isAtGate && (
        <>
          <span>
            <i className={classes.ring} /> next attempt
          </span>
          <span>
            <i className={classes.point} /> later
          </span>
        </>
      )}
    </p>
  );
}
