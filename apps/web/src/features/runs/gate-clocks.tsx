import type { RunDetailView } from '@patchgate/contracts';
import { isUndispatched } from '@patchgate/domain';
import type { ReactNode } from 'react';
import { formatCountdown } from '../../lib/countdown.js';
import { zoneName } from '../../lib/moments.js';
import { formatClock, formatClockSeconds, formatDuration, formatHour, viewerZone } from '../../lib/times.js';
import { useSeconds } from '../../lib/use-now.js';
import { noNextWords } from './gate-words.js';
import classes from './gate.module.css';

/** Later than this a due attempt is no matter of a moment. */
const patienceMs = 15_000;

/** When the gate is asked next, how often it was, and when the window closes. */
export function GateClocks({ run }: { run: RunDetailView }) {
  const now = useSeconds();
  const isAtGate = isUndispatched(run.status);
  return (
    <dl className={classes.clocks}>
      {isAtGate && <NextAttempt run={run} now={now} />}
      <Attempts run={run} />
      <Closing run={run} now={now} />
    </dl>
  );
}

interface ClockProps {
  name: string;
  value: ReactNode;
  note: ReactNode;
}

const Clock = ({ name, value, note }: ClockProps) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd>{note}</dd>
  </div>
);

interface TickingProps {
  run: RunDetailView;
  now: number;
}

function NextAttempt({ run, now }: TickingProps) {
  const { next_attempt_at: next, window_opens_at: opens } = run.gate;
  if (next === null) {
    const left = opens === null ? 0 : Date.parse(opens) - now;
    return (
      <Clock
        name={left > 0 ? 'Opens in' : 'Next attempt'}
        value={left > 0 ? formatCountdown(left) : 'Not planned'}
        note={noNextWords(run, now)}
      />
    );
  }
  const at = Date.parse(next);
  const left = at - now;
  if (left > 0) {
    const number = run.gate.attempts + 1;
    return (
      <Clock
        name="Next attempt in"
        value={formatCountdown(left)}
        note={`${formatClockSeconds(at, viewerZone())}, no. ${number}`}
      />
    );
  }
  // Nothing is "now" for ever: what is late says since when, and for whom it waits.
  return left > -patienceMs ? (
    <Clock name="Next attempt" value="Now" note="the checks are being asked" />
  ) : (
    <Clock name="Next attempt" value="Due" note={`for ${formatDuration(-left)}, waits for a worker`} />
  );
}

function Attempts({ run }: { run: RunDetailView }) {
  const { attempts, last_attempt_at: last } = run.gate;
  return (
    <Clock
      name={run.ended_at === null ? 'Attempts so far' : 'Attempts'}
      value={attempts}
      note={last === null ? 'none yet' : `last at ${formatClockSeconds(Date.parse(last), viewerZone())}`}
    />
  );
}

function Closing({ run, now }: TickingProps) {
  const { window_closes_at: closes, window_opens_at: opens } = run.gate;
  const zone = viewerZone();
  if (closes === null) return <Clock name="Closes" value="No window" note="none is known for this host" />;
  const at = Date.parse(closes);
  const isNear = Math.abs(at - now) < 20 * 3_600_000;
  const when = `${isNear ? formatClock(at, zone) : formatHour(at, zone)} ${zoneName(at, zone)}`;
  const left = at - now;
  if (run.ended_at !== null) {
    const ended = formatClock(Date.parse(run.ended_at), zone);
    return <Clock name="Ended" value={ended} note={`the window ${left > 0 ? 'closes' : 'closed'} ${when}`} />;
  }
  if (left <= 0) return <Clock name="Window closed" value={when} note={openedAt(opens)} />;
  return <Clock name="Closes in" value={formatCountdown(left)} note={`${when}, then the run fails`} />;
}

const openedAt = (opens: string | null): string =>
  opens === null ? '' : `opened ${formatClock(Date.parse(opens), viewerZone())}`;
