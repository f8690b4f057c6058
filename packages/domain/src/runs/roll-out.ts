import { isInFlight, isUndispatched } from './run.js';
import type { RunStatus } from './run.js';

/** What decides the order of a job. */
export interface RollOut {
  readonly isPaused: boolean;
  readonly maxInFlight: number;
  readonly maxFailures: number;
  /** Those that a person accepted who resumed the job. */
  readonly failuresAccepted: number;
  /** A person resumed the job although a canary had not succeeded. */
  readonly isCanaryAccepted: boolean;
}

/** The runs of one batch in one state; 0 is the canary. */
export interface BatchCount {
  readonly batch: number;
  /** Of an outcome that nobody knew and a person resolved: what that person said of it, `succeeded` or `failed`. */
  readonly status: RunStatus;
  /** Of those that were not dispatched: they could start now but for the roll-out, and were not looked at yet. */
  readonly isReady: boolean;
  /** Of `failed` ones: the agent was or may have been told. */
  readonly wasDispatched: boolean;
  readonly count: number;
}

/** Where a roll-out stands. */
export interface RollOutState {
  /** The highest batch whose runs may start. */
  readonly openBatch: number;
  readonly freeSlots: number;
  /** Dispatched runs that failed or whose outcome nobody knows, beyond those accepted. */
  readonly failures: number;
  readonly isWithinBudget: boolean;
}

/**
 * Where a roll-out stands. The canary must be over before anything else starts. A later batch begins when nothing of
 * those before it is under way or about to be: a host that waits at its gate, or for its window, holds nobody up.
 */
export function rollOutState(rollOut: RollOut, all: readonly BatchCount[]): RollOutState {
  const counts = all.filter(({ count }) => count > 0);
  const sum = (matches: (count: BatchCount) => boolean) =>
    counts.filter(matches).reduce((total, { count }) => total + count, 0);
  // Fewer than were accepted, when an outcome that was unknown has come to light as a success.
  const failures = Math.max(0, sum(countsAsFailure) - rollOut.failuresAccepted);
  return {
    openBatch: openBatch(rollOut, counts),
    freeSlots: Math.max(0, rollOut.maxInFlight - sum(({ status }) => isInFlight(status))),
    failures,
    isWithinBudget: failures <= rollOut.maxFailures,
  };
}

const countsAsFailure = ({ status, wasDispatched }: BatchCount): boolean =>
  status === 'indeterminate' || (status === 'failed' && wasDispatched);

function openBatch({ isCanaryAccepted }: RollOut, counts: readonly BatchCount[]): number {
  const canary = counts.filter(({ batch }) => batch === 0);
  const isCanaryOver = canary.every(
    ({ status }) => status === 'succeeded' || (isCanaryAccepted && isOver(status)),
  );
  if (!isCanaryOver) return 0;
  const last = Math.max(0, ...counts.map(({ batch }) => batch));
  for (let batch = 1; batch < last; batch += 1) {
    if (counts.some((count) => count.batch === batch && holdsUp(count))) return batch;
  }
  return Math.max(1, last);
}

const isOver = (status: RunStatus): boolean => !isUndispatched(status) && !isInFlight(status);
const holdsUp = ({ status, isReady }: BatchCount): boolean =>
  isInFlight(status) || (isUndispatched(status) && isReady);

/** A run that has just ended, as the roll-out sees it. */
export interface EndedRun {
  readonly batch: number;
  readonly status: Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled' | 'indeterminate'>;
}

/**
 * Whether the end of a run pauses its job.
 *
 * @param state after that end
 * @returns null when the roll-out goes on
 */
export function pauseAfter(
  rollOut: RollOut,
  state: RollOutState,
  ended: EndedRun,
): 'canary_failed' | 'budget_spent' | null {
  if (rollOut.isPaused) return null;
  if (ended.batch === 0 && ended.status !== 'succeeded' && !rollOut.isCanaryAccepted) return 'canary_failed';
  return state.isWithinBudget ? null : 'budget_spent';
}

/**
 * The batch of a place in the roll-out.
 *
 * @param position from 0
 * @param batchSize null when all that follow the canary are one batch
 */
export function batchOf(
  position: number,
  { canary, batchSize }: { canary: number; batchSize: number | null },
): number {
  if (position < canary) return 0;
  return batchSize === null ? 1 : 1 + Math.floor((position - canary) / batchSize);
}
