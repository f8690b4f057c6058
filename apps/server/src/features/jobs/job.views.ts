import type { PatchJobView } from '@patchgate/contracts';
import {
  forecast,
  isInFlight,
  isUndispatched,
  jobStatus,
  rollOutState,
  runStatuses,
} from '@patchgate/domain';
import type { Forecast, RunStatus } from '@patchgate/domain';
import type { JobRow, OpenBatchRow, TallyRow } from './job-row.js';

/** What is told of a job besides its own row, of the hosts a viewer reaches. */
export interface JobProgress {
  readonly tally: readonly TallyRow[];
  readonly batches: readonly OpenBatchRow[];
  readonly medianRunMs: number | null;
}

export function jobView(row: JobRow, progress: JobProgress, now: Date): PatchJobView {
  const { tally } = progress;
  const open = tally.filter(({ status }) => isUndispatched(status) || isInFlight(status));
  const { endsAt } = forecastOf(row, progress, now);
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    status: statusOf(row, tally),
    created_by: { id: row.created_by, name: row.creator_name },
    created_at: row.created_at.toISOString(),
    schedule: row.schedule,
    deadline_at: row.deadline_at?.toISOString() ?? null,
    selection: row.selection,
    packages: row.packages,
    exclude: row.exclude,
    groups: row.groups,
    allow_reboot: row.allow_reboot,
    canary: row.canary,
    batch_size: row.batch_size,
    max_in_flight: row.max_in_flight,
    max_failures: row.max_failures,
    paused: pausedOf(row),
    retry_of: row.retry_of,
    run_counts: countsOf(tally, cameTo),
    hosts_total: total(tally),
    in_flight: total(tally.filter(({ status }) => isInFlight(status))),
    failures: failuresOf(row, tally),
    window_opens_at: earliest(open.map(({ window_opens_at }) => window_opens_at)),
    window_closes_at: latest(open.map(({ window_closes_at }) => window_closes_at)),
    expected_end_at: endsAt === null ? null : new Date(endsAt).toISOString(),
    ended_at: open.length > 0 ? null : latest(tally.map(({ ended_at }) => ended_at)),
  };
}

export const forecastOf = (row: JobRow, { batches, medianRunMs }: JobProgress, now: Date): Forecast =>
  forecast(
    batches.map(({ batch, open, opens_at, started_at }) => ({
      batch,
      open,
      opensAt: opens_at?.getTime() ?? null,
      startedAt: started_at?.getTime() ?? null,
    })),
    { now: now.getTime(), isPaused: row.paused_at !== null, maxInFlight: row.max_in_flight, medianRunMs },
  );

/** What a run has come to: an outcome that nobody knew is what somebody says of it. */
const cameTo = ({ status, resolved_outcome }: TallyRow): RunStatus => resolved_outcome ?? status;

const statusOf = ({ paused_at }: Pick<JobRow, 'paused_at'>, tally: readonly TallyRow[]) =>
  jobStatus(countsOf(tally, cameTo), {
    isPaused: paused_at !== null,
    hasStarted: tally.some(({ was_attempted }) => was_attempted),
  });

/** A resumed job begins to count anew; whoever reaches a part of it sees the failures of that part. */
function failuresOf(row: JobRow, tally: readonly TallyRow[]): number {
  const rollOut = {
    isPaused: row.paused_at !== null,
    maxInFlight: row.max_in_flight,
    maxFailures: row.max_failures,
    failuresAccepted: row.failures_accepted,
    isCanaryAccepted: row.is_canary_accepted,
  };
  const counts = tally.map((runs) => ({
    batch: 1,
    status: cameTo(runs),
    isReady: false,
    wasDispatched: runs.was_dispatched,
    count: runs.count,
  }));
  return Math.max(0, rollOutState(rollOut, counts).failures);
}

function pausedOf({ paused_at, pause_reason, pause_detail, pauser_name }: JobRow): PatchJobView['paused'] {
  if (paused_at === null || pause_reason === null) return null;
  return { at: paused_at.toISOString(), reason: pause_reason, by: pauser_name, detail: pause_detail ?? '' };
}

function countsOf(tally: readonly TallyRow[], statusFor: (row: TallyRow) => RunStatus) {
  const counts = Object.fromEntries(runStatuses.map((status) => [status, 0])) as Record<RunStatus, number>;
  for (const row of tally) counts[statusFor(row)] += row.count;
  return counts;
}

const total = (tally: readonly TallyRow[]): number => tally.reduce((sum, { count }) => sum + count, 0);

const times = (dates: readonly (Date | null)[]): number[] =>
  dates.flatMap((date) => (date === null ? [] : date.getTime()));

function earliest(dates: readonly (Date | null)[]): string | null {
  const known = times(dates);
  return known.length === 0 ? null : new Date(Math.min(...known)).toISOString();
}

function latest(dates: readonly (Date | null)[]): string | null {
  const known = times(dates);
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString();
}
