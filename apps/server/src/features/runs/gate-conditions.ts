import { rollOutState } from '@patchgate/domain';
import type { GateConditions, RollOutState } from '@patchgate/domain';
import type { Db } from '../../platform/database/query.js';
import type { HostWindows } from '../windows/host-windows.js';
import { findAllowed } from './gate-facts.repository.js';
import { rollOutCounts } from './roll-out.repository.js';
import { rollOutOf } from './run-job.repository.js';
import type { RunJob } from './run-job.repository.js';
import type { RunRow } from './run.row.js';
import { windowStateOf } from './window-state.js';

export interface JobRun {
  readonly run: RunRow;
  readonly job: RunJob;
}

/** What of the conditions is asked before any check: without it there is no attempt. */
export type Obstacles = Pick<GateConditions, 'isPaused' | 'isCancelRequested' | 'window' | 'isAllowed'>;

/** For these runs, as it is in this transaction or at this moment. */
export async function readObstacles(
  db: Db,
  windows: HostWindows,
  runs: readonly JobRun[],
  now: Date,
): Promise<(of: JobRun) => Obstacles> {
  const rules = await windows.rulesOf(
    db,
    runs.map(({ run }) => run.host_id),
  );
  const allowed = await findAllowed(
    db,
    runs.map(({ run }) => run.id),
  );
  return ({ run, job }) => ({
    isPaused: job.paused_at !== null,
    isCancelRequested: run.cancel_requested_at !== null,
    window: windowStateOf(run, job, rules.get(run.host_id) ?? [], now.getTime()),
    isAllowed: allowed.has(run.id),
  });
}

/** The places of a roll-out that are still free while a transaction gives them away, one after the other. */
export class RollOutPlaces {
  readonly #states: ReadonlyMap<string, RollOutState>;
  readonly #taken = new Map<string, number>();

  private constructor(states: ReadonlyMap<string, RollOutState>) {
    this.#states = states;
  }

  /** @param jobs locked by this transaction */
  static async read(db: Db, jobs: readonly RunJob[], now: Date): Promise<RollOutPlaces> {
    const counts = await rollOutCounts(
      db,
      jobs.map(({ id }) => id),
      now,
    );
    return new RollOutPlaces(
      new Map(jobs.map((job) => [job.id, rollOutState(rollOutOf(job), counts.get(job.id) ?? [])])),
    );
  }

  of({ job_id, batch }: RunRow): Pick<GateConditions, 'isItsTurn' | 'hasSlot' | 'isWithinBudget'> {
    const state = this.#states.get(job_id);
    if (!state) return { isItsTurn: false, hasSlot: false, isWithinBudget: false };
    return {
      isItsTurn: batch <= state.openBatch,
      hasSlot: (this.#taken.get(job_id) ?? 0) < state.freeSlots,
      isWithinBudget: state.isWithinBudget,
    };
  }

  take({ job_id }: RunRow): void {
    this.#taken.set(job_id, (this.#taken.get(job_id) ?? 0) + 1);
  }
}

export const overrideOf = ({ override_by, override_reason }: RunRow) =>
  override_by === null || override_reason === null ? null : { by: override_by, reason: override_reason };

export const conditionsOf = (
  run: RunRow,
  obstacles: Obstacles,
  places: RollOutPlaces,
  noChecks: GateConditions['noChecks'],
): GateConditions => ({
  ...obstacles,
  ...places.of(run),
  isOverridden: overrideOf(run) !== null,
  noChecks,
});
