import { isUndispatched, verificationOf, withVerdicts } from '@patchgate/domain';
import type { CheckVerdict } from '@patchgate/domain';
import { attemptGate } from './attempt-gate.js';
import { followOwn } from './dispatch-to-own.js';
import { followPublic } from './dispatch-to-public.js';
import { IdempotentAgent } from './idempotent-agent.js';
import type { Claim } from './run-store.js';
import type { Course, SimulatedHost, World } from './world.js';

/** All that a worker does with a run it has claimed: one step, or an attempt and the order that follows from it. */
export function* workOnRun(world: World, taken: Claim): Course<void> {
  const { hosts, random, store } = world;
  const host = hosts[taken.row.host];
  if (!host) throw new Error('a run has a host');
  if (isUndispatched(taken.row.run.status) && (yield* attemptGate(world, taken)) === 'over') return;
  yield random.between(1, 100);
  if (!store.isMine(taken)) return;
  const claim = { ...taken, row: store.read(taken.row.id) };
  if (claim.row.run.status === 'verifying') {
    yield* verify(world, claim, host);
    return;
  }
  const found = yield* ask(world, claim, host);
  if (found === null) return;
  yield random.between(1, 100);
  store.save(claim, found.event, found.facts);
}

function ask(world: World, claim: Claim, { agent, ...host }: SimulatedHost) {
  return agent instanceof IdempotentAgent
    ? followOwn(world, claim, { ...host, agent })
    : followPublic(world, claim, { ...host, agent });
}

function* verify({ timeline, random, store }: World, claim: Claim, { checks }: SimulatedHost): Course<void> {
  const verdicts: CheckVerdict[] = [];
  for (const [index, isHealthy] of checks.entries()) {
    yield random.between(1, 3000);
    verdicts.push({
      ...{ checkId: `${index}`, name: `${index}`, verdict: isHealthy(timeline.now) ? 'pass' : 'fail' },
      ...{ reason: 'ok', detail: '', latencyMs: 1, checkedAt: timeline.now },
    });
  }
  const pairs = withVerdicts(claim.row.pairs, verdicts);
  const until = claim.row.run.verifyUntil ?? timeline.now;
  const verification = pairs.length === 0 ? 'none' : verificationOf(pairs, { now: timeline.now, until });
  store.save(claim, { kind: 'verified', verification, detail: null }, { pairs });
}
