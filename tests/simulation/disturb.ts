import { isUndispatched } from '@patchgate/domain';
import { minute, windowOf } from './build-world.js';
import { IdempotentAgent } from './idempotent-agent.js';
import type { RunRow } from './run-store.js';
import type { Mishap, Worker } from './worker.js';
import type { World } from './world.js';

/** Lets workers, agents and people do what they do at moments of chance, until it is calm. */
export function disturb(world: World, workers: readonly Worker[]): void {
  const { random, timeline, calmAt } = world;
  const often = (most: number, act: () => void) => {
    for (let count = random.between(0, most); count > 0; count -= 1) {
      // Half of it in the first minutes, in which most starts are.
      timeline.at(random.between(0, random.chance(0.5) ? 12 * minute : calmAt), act);
    }
  };
  often(4, () => random.pick(workers).die(random.between(1, 60) * 1000));
  often(8, () => random.pick(workers).standStill(random.between(1, 90) * 1000));
  often(3, () => {
    const { agent } = random.pick(world.hosts);
    if (!agent.machine.isUp) return;
    const downMs = random.between(1, 20) * 1000;
    if (agent instanceof IdempotentAgent) agent.machine.restartAgent(downMs);
    else agent.restart(downMs);
  });
  often(1, () => {
    const { agent } = random.pick(world.hosts);
    if (agent instanceof IdempotentAgent) agent.loseJournal();
  });
  often(8, () => bePerson(world, random.pick(world.store.rows)));
  timeline.at(calmAt, () => {
    if (world.store.rollOut.isPaused) resume(world);
  });
}

/** Where a worker is between two steps it may die, or stand still for longer than its lease. */
export function mishapOf({ random, timeline, calmAt, mishapRate }: World): Mishap | null {
  if (mishapRate === 0 || timeline.now >= calmAt) return null;
  const luck = random.next();
  if (luck < mishapRate / 3) return { kind: 'dies', ms: random.between(1, 30) * 1000 };
  return luck < mishapRate ? { kind: 'stands_still', ms: random.between(10, 90) * 1000 } : null;
}

function bePerson(world: World, row: RunRow): void {
  const { random, store, timeline, deeds } = world;
  const { id, run } = row;
  const at = timeline.now;
  switch (random.between(0, 8)) {
    case 0:
      deeds.push({ kind: 'paused', at });
      store.pause();
      timeline.after(random.between(1, 300) * 1000, () => resume(world));
      break;
    case 1:
      resume(world);
      break;
    case 2:
    case 8:
      store.change(id, { isCancelRequested: true, isCancelAnswered: false });
      break;
    case 3:
      if (!isUndispatched(run.status)) break;
      deeds.push({ kind: 'overrode', runId: id, at });
      store.change(id, { isOverridden: true, isCheckRequested: true });
      break;
    case 4:
      store.change(id, { isCheckRequested: true });
      break;
    case 5:
      replan(world, row);
      break;
    case 6:
      store.isAllowed = false;
      timeline.after(random.between(1, 300) * 1000, () => (store.isAllowed = true));
      break;
    case 7:
      if (run.status === 'indeterminate') row.run = { ...run, isResolved: true };
      break;
  }
}

function resume({ store, timeline, deeds }: World): void {
  deeds.push({ kind: 'resumed', at: timeline.now });
  store.resume();
}

/** A window that is moved or taken away: what was dispatched keeps the one it had. */
function replan({ random, store, timeline, deeds }: World, row: RunRow): void {
  const { id, run } = row;
  if (!isUndispatched(run.status)) return;
  const at = timeline.now;
  const window = random.chance(0.3) ? null : windowOf(random, at);
  deeds.push({ kind: 'planned', runId: id, at, window });
  row.window = window;
  if (window === null) {
    store.closeWindow(id, 'no_window');
    return;
  }
  row.run = { ...run, windowClosesAt: window.closesAt };
  store.change(id, { isCheckRequested: true });
}
