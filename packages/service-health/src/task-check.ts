import type { Clock } from './clock.port.js';
import type { CheckDefinition, CheckOutcome } from './health-check.js';
import type { TaskState, TaskWatch } from './task-watch.js';

/** A run that began longer ago than this hangs; without a run under way, the task is dead. */
export const LATE_TASK_MS = 30_000;
/** One failed run is the network's daily noise. */
const FAILURES_UNTIL_DEGRADED = 3;

/**
 * Judges a task by the age of its latest begin. Failing runs are degraded at worst: what fails them (a database,
 * say) has a check of its own, and a restart does not cure it.
 */
export function taskOutcome(state: TaskState, nowMs: number, lateAfterMs: number): CheckOutcome {
  if (state.death !== null) return { status: 'unhealthy', reason: 'died' };
  if (nowMs - state.begunAtMs > lateAfterMs) {
    if (state.isRunning) return { status: 'unhealthy', reason: 'hung' };
    return { status: 'unhealthy', reason: state.hasBegun ? 'stopped' : 'never_begun' };
  }
  if (state.consecutiveFailures >= FAILURES_UNTIL_DEGRADED) {
    return { status: 'degraded', reason: state.failure ?? 'failing' };
  }
  return { status: 'healthy' };
}

export interface TaskCheckOptions {
  name: string;
  watch: TaskWatch;
  clock: Clock;
  /** The check of what the task may hang on, see `CheckDefinition.excusedBy`. */
  excusedBy?: string;
  /** Default 30 s. */
  lateAfterMs?: number;
}

/** A critical check of scope `process` on a task's life; the worker's is called `tick`. */
export function taskCheck(options: TaskCheckOptions): CheckDefinition {
  const { name, watch, clock, lateAfterMs = LATE_TASK_MS } = options;
  return {
    name,
    critical: true,
    scope: 'process',
    everyMs: 1000,
    timeoutMs: 1000,
    ...(options.excusedBy === undefined ? {} : { excusedBy: options.excusedBy }),
    check: () => Promise.resolve(taskOutcome(watch.state, clock.monotonicMs(), lateAfterMs)),
  };
}
