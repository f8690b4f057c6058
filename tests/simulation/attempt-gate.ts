import { obstacleOf, outcomeOf } from '@patchgate/domain';
import type { GateConditions, Verdict, WindowState } from '@patchgate/domain';
import type { Claim, RunRow } from './run-store.js';
import type { Course, World } from './world.js';

/** One attempt of a gate, as gate.md writes it down: look, probe, look again under the locks, decide. */
export function* attemptGate(world: World, claim: Claim): Course<'dispatched' | 'over'> {
  const { store, timeline, random, policy, weakness } = world;
  const { id } = claim.row;
  yield random.between(1, 50);
  const startedAt = timeline.now;
  const row = store.read(id);
  const before = conditionsOf(world, id);
  if (!store.isMine(claim)) return 'over';
  if (row.isCancelRequested) {
    store.save(claim, { kind: 'cancel_requested' });
    return 'over';
  }
  const obstacle = before.window.kind === 'closed' ? null : obstacleOf(before, startedAt, policy);
  if (obstacle) {
    store.save(claim, { kind: 'held', ...obstacle }, { isCheckRequested: false });
    return 'over';
  }
  const verdicts = yield* probe(world, row);
  if (random.chance(0.01)) {
    store.save(
      claim,
      { kind: 'attempt_broke', startedAt, detail: 'an exception' },
      { isCheckRequested: false },
    );
    return 'over';
  }
  yield random.between(1, 100);
  const outcome = outcomeOf(verdicts);
  const conditions = weakness === 'no_reread' ? before : conditionsOf(world, id);
  const hasChecks = verdicts.length > 0;
  const pairs = verdicts.map((verdict, index) => ({
    ...{ checkId: `${index}`, name: `${index}`, before: verdict, after: null, passes: 0 },
  }));
  const effects = store.save(
    claim,
    { kind: 'attempted', startedAt, outcome, detail: null, conditions, hasChecks },
    { isCheckRequested: false, hasChecks, pairs },
  );
  return effects?.some(({ kind }) => kind === 'send_order') === true ? 'dispatched' : 'over';
}

/** All checks at once; each sees its host at a moment of its own. */
function* probe({ hosts, timeline, random }: World, row: RunRow): Course<Verdict[]> {
  const host = hosts[row.host];
  if (!host) throw new Error('a run has a host');
  const { checks, agent } = host;
  const verdicts: Verdict[] = [];
  const round = timeline.now;
  for (const isHealthy of checks) {
    yield random.between(1, 3000);
    const isGood = isHealthy(timeline.now);
    agent.machine.ledger.push({ kind: 'probed', runId: row.id, round, at: timeline.now, isHealthy: isGood });
    verdicts.push(isGood ? 'pass' : 'fail');
  }
  return verdicts;
}

function conditionsOf({ store, timeline, noChecks }: World, id: string): GateConditions {
  const row = store.read(id);
  const { isPaused } = store.rollOut;
  const { openBatch, freeSlots, isWithinBudget } = store.state();
  const { isCancelRequested, isOverridden, batch } = row;
  return {
    ...{ isPaused, isCancelRequested, isOverridden, noChecks, isWithinBudget, isAllowed: store.isAllowed },
    ...{ window: windowOf(row, timeline.now), isItsTurn: batch <= openBatch, hasSlot: freeSlots > 0 },
  };
}

function windowOf({ window }: RunRow, now: number): WindowState {
  if (window === null) return { kind: 'closed', reason: 'no_window' };
  const { opensAt, closesAt } = window;
  if (now >= closesAt) return { kind: 'closed', reason: 'outside_window' };
  return now < opensAt ? { kind: 'before', opensAt, closesAt } : { kind: 'open', closesAt };
}
