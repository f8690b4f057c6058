import { blackoutAt, currentWindow, nextWindow } from '@patchgate/domain';
import type { CloseReason, WindowRule, WindowState } from '@patchgate/domain';
import type { RunJob } from './run-job.repository.js';
import type { RunRow } from './run.row.js';

type Planned = Pick<RunRow, 'window_opens_at' | 'window_closes_at'>;
type Scheduled = Pick<RunJob, 'schedule'>;

/**
 * Where a run stands in its host's windows at this moment, by the rules as they are now. The window it was planned for is
 * the only one it has: after that has closed it never moves on to a later one.
 *
 * @param rules of its host
 * @param now milliseconds since 1970
 */
export function windowStateOf(
  run: Planned,
  job: Scheduled,
  rules: readonly WindowRule[],
  now: number,
): WindowState {
  const closesAt = run.window_closes_at?.getTime() ?? null;
  if (closesAt === null || now >= closesAt) return { kind: 'closed', reason: closeReasonOf(job) };
  return job.schedule === 'now' ? untilDeadline(rules, closesAt, now) : inWindows(run, rules, now);
}

/** What the end of its window is called for a run of this job. */
const closeReasonOf = ({ schedule }: Scheduled): CloseReason =>
  schedule === 'now' ? 'deadline_passed' : 'outside_window';

/** The deadline of a job that starts now plays the window's part; blackouts hold it as well. */
function untilDeadline(rules: readonly WindowRule[], closesAt: number, now: number): WindowState {
  const blackout = blackoutAt(rules, now);
  if (blackout === null) return { kind: 'open', closesAt };
  return { kind: 'blackout', until: Math.min(blackout.closesAt, closesAt), closesAt };
}

function inWindows(run: Planned, rules: readonly WindowRule[], now: number): WindowState {
  const current = currentWindow(rules, now);
  if (current === null) return outside(run, rules, now);
  const { closesAt } = current;
  switch (current.kind) {
    case 'open':
      return { kind: 'open', closesAt };
    case 'blackout':
      return { kind: 'blackout', until: current.until, closesAt };
    case 'no_more_starts':
      return { kind: 'no_more_starts', startsAgainAt: current.startsAgainAt, closesAt };
  }
}

/** One whose window was open has lost it; one that waits for its window waits on, if there is one to come. */
function outside({ window_opens_at }: Planned, rules: readonly WindowRule[], now: number): WindowState {
  if (window_opens_at === null || window_opens_at.getTime() <= now) {
    return { kind: 'closed', reason: 'outside_window' };
  }
  const next = nextWindow(rules, now);
  return next === null ? { kind: 'closed', reason: 'no_window' } : { kind: 'before', ...next };
}
