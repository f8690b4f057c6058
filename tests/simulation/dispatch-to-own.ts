import { lost, refused, reported, silent } from './found.js';
import type { Found } from './found.js';
import type { IdempotentAgent } from './idempotent-agent.js';
import type { Answer } from './network.js';
import type { Claim } from './run-store.js';
import { reportOf } from './simulated-agent.js';
import type { Order, OrderAnswer } from './simulated-agent.js';
import type { Course, SimulatedHost, World } from './world.js';

export interface Own extends SimulatedHost {
  readonly agent: IdempotentAgent;
}

/** The first order, and whatever is asked afterwards, of an agent that takes runs; null where the run is not ours any more. */
export function* followOwn(world: World, claim: Claim, host: Own): Course<Found> {
  const { row } = claim;
  if (row.run.status === 'dispatching' && row.intentAt === null) return yield* sendFirst(world, claim, host);
  if (row.isCancelRequested && !row.isCancelAnswered && row.run.status !== 'indeterminate') {
    const answer = yield* cancel(world, claim, host);
    if (answer !== 'too_late') return answer === 'cancelled' ? cancelled(claim) : answer;
  }
  return yield* ask(world, claim, host);
}

/** Where the agent has lost its journal it knows nothing of what it would have to cancel, and its word counts for nothing. */
function* cancel(world: World, claim: Claim, host: Own): Course<'cancelled' | 'too_late' | Found> {
  const { row, fence } = claim;
  const answer = yield* world.network.ask(host, () => host.agent.cancel(row.id, fence));
  if (answer.kind !== 'answered') return silent;
  const { kind, epoch } = answer.value;
  if (epoch !== row.epoch && world.weakness !== 'cancel_without_epoch') return lost;
  return kind === 'stale' ? null : kind;
}

const cancelled = (claim: Claim): Found => reported(claim, reportOf('cancelled'));

function* sendFirst(world: World, claim: Claim, host: Own): Course<Found> {
  const { network, store } = world;
  const { row } = claim;
  if (isClosed(world, claim)) return refused('agent_unreachable');
  const health = yield* network.ask(host, () => ({ epoch: host.agent.epoch }));
  if (health.kind !== 'answered') return refused('agent_unreachable');
  if (row.isCancelRequested) {
    const answer = yield* network.ask(host, () => host.agent.cancel(row.id, claim.fence));
    return answer.kind === 'answered' && answer.value.kind === 'cancelled' ? cancelled(claim) : silent;
  }
  const { epoch } = health.value;
  if (!store.storeIntent(claim, { epoch, jobsBefore: 0 })) return null;
  yield world.random.between(1, 100);
  if (isClosed(world, claim)) return refused('agent_unreachable');
  const answer = yield* send(world, { ...claim, row: { ...row, epoch } }, host);
  if (answer.kind === 'unreachable') return refused('agent_unreachable');
  if (answer.kind === 'lost')
    return world.weakness === 'lost_is_refused' ? refused('agent_unreachable') : silent;
  const { value } = answer;
  if (value.kind === 'busy') return refused('agent_busy');
  if (value.kind === 'too_late') return refused('agent_refused');
  return answered(claim, value);
}

function answered(claim: Claim, value: OrderAnswer): Found {
  switch (value.kind) {
    case 'taken':
      return reported(claim, value.report);
    case 'cancelled':
      return cancelled(claim);
    case 'stale':
      return null;
    case 'refused':
      return refused('agent_refused', false);
    case 'too_late':
      return refused('agent_refused');
    case 'busy':
    case 'other_journal':
      return silent;
  }
}

function* ask(world: World, claim: Claim, host: Own): Course<Found> {
  const { network, weakness } = world;
  const { row } = claim;
  const found = yield* network.ask(host, () => ({ report: host.agent.find(row.id) }));
  if (found.kind !== 'answered') return silent;
  if (found.value.report) return reported(claim, found.value.report);
  const health = yield* network.ask(host, () => ({ epoch: host.agent.epoch }));
  if (health.kind !== 'answered') return silent;
  if (health.value.epoch !== row.epoch && weakness !== 'no_epoch_check') return lost;
  if (row.run.status !== 'dispatching') {
    if (row.run.acceptedAt !== null) return lost;
    return isClosed(world, claim) ? yield* entomb(world, claim, host, neverHadIt(claim)) : silent;
  }
  if (isClosed(world, claim)) return yield* entomb(world, claim, host, refused('agent_unreachable'));
  const again = yield* send(world, claim, host);
  if (again.kind !== 'answered') return silent;
  if (again.value.kind !== 'refused') return answered(claim, again.value);
  return yield* entomb(world, claim, host, refused('agent_refused', false));
}

/** With the tombstone no order of before can begin any more, so that what is said then stays true. */
function* entomb(world: World, claim: Claim, host: Own, refusal: Found): Course<Found> {
  const answer = world.weakness === 'no_tombstone' ? 'cancelled' : yield* cancel(world, claim, host);
  if (answer === 'too_late') return silent;
  return answer === 'cancelled' ? refusal : answer;
}

const neverHadIt = (claim: Claim): Found =>
  reported(claim, reportOf('failed', { error: 'the agent never had the order' }));

function* send(world: World, claim: Claim, host: Own): Course<Answer<OrderAnswer>> {
  const { row, fence } = claim;
  const epoch =
    world.weakness === 'no_epoch_in_order' || world.weakness === 'no_epoch_check' ? null : row.epoch;
  const order: Order = {
    ...{
      runId: row.id,
      fence,
      epoch,
      notAfter: row.run.windowClosesAt ?? 0,
      allowReboot: row.policy.allowReboot,
    },
  };
  return yield* world.network.ask(host, () => host.agent.order(order));
}

const isClosed = ({ timeline }: World, { row }: Claim): boolean =>
  timeline.now >= (row.run.windowClosesAt ?? 0);
