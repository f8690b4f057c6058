import { isUndispatched } from '@patchgate/domain';
import { buildWorld, minute } from './build-world.js';
import { disturb, mishapOf } from './disturb.js';
import { faultsOf } from './oracle.js';
import { workOnRun } from './work-on-run.js';
import { Worker } from './worker.js';
import type { Weakness, World } from './world.js';

export interface Outcome {
  readonly seed: number;
  /** What is wrong, in words; none when all is well. */
  readonly faults: readonly string[];
  /** Package transactions that began, and how the runs ended. */
  readonly starts: number;
  readonly ends: readonly string[];
}

const releaseEveryMs = 10_000;
const closesWithinMs = 5000;

/**
 * One job from its creation until everything has ended, with whatever goes wrong on the way: the decisions are those of
 * `packages/domain`, everything else is a model. The same seed is the same story.
 *
 * @param weakness a rule of the protocol that is left out
 */
export function simulate(seed: number, weakness: Weakness | null = null): Outcome {
  const wake = (id: string): void => {
    const awake = workers.filter(({ isAwake }) => isAwake);
    if (awake.length === 0) world.timeline.after(1000, () => wake(id));
    else world.random.pick(awake).take(id);
  };
  const world = buildWorld(seed, weakness, wake);
  const workers = Array.from(
    { length: world.random.between(1, 3) },
    () =>
      new Worker(
        world.timeline,
        world.store,
        (claim) => workOnRun(world, claim),
        () => mishapOf(world),
      ),
  );
  disturb(world, workers);
  tick(world, () => workers.some(({ isAwake }) => isAwake));
  const { mostRunMs, graceMs, rebootMs, verifyMs } = world.policy;
  const lasts = mostRunMs + graceMs + rebootMs + verifyMs;
  world.timeline.runUntil(world.calmAt + lasts + 15 * minute);
  const ledgers = world.hosts.map(({ agent }) => agent.machine.ledger);
  return {
    ...{ seed, faults: faultsOf(world) },
    starts: ledgers.flat().filter(({ kind }) => kind === 'started').length,
    ends: world.store.rows.map(({ run: { status, reason } }) =>
      reason === null ? status : `${status} ${reason}`,
    ),
  };
}

/** What workers do without being asked: they release runs whose turn has come, and close windows. */
function tick(world: World, isAnybodyAwake: () => boolean): void {
  const { store, timeline, random } = world;
  const waiting = store.rows.filter(({ run }) => isUndispatched(run.status));
  if (isAnybodyAwake()) {
    store.release();
    for (const { id, run } of waiting) {
      if (timeline.now >= (run.windowClosesAt ?? 0)) store.closeWindow(id, 'outside_window');
    }
  }
  const next = Math.min(
    timeline.now + releaseEveryMs,
    ...waiting.map(({ run }) => (run.windowClosesAt ?? 0) + random.between(0, closesWithinMs)),
  );
  timeline.at(Math.max(timeline.now + 1000, next), () => tick(world, isAnybodyAwake));
}

/** Outcomes with faults among so many seeds; a seed replays by itself. */
export function runSeeds(
  from: number,
  count: number,
  weakness: Weakness | null = null,
): {
  readonly failed: readonly Outcome[];
  readonly starts: number;
  readonly ends: ReadonlyMap<string, number>;
} {
  const failed: Outcome[] = [];
  const ends = new Map<string, number>();
  let starts = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = simulate(seed, weakness);
    if (outcome.faults.length > 0) failed.push(outcome);
    starts += outcome.starts;
    for (const end of outcome.ends) ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  return { failed, starts, ends };
}
