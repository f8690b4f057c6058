import { lost, refused, reported, silent } from './found.js';
import type { Found } from './found.js';
import type { PublicAgent } from './public-agent.js';
import type { Claim } from './run-store.js';
import { reportOf } from './simulated-agent.js';
import type { Course, SimulatedHost, World } from './world.js';

export interface Public extends SimulatedHost {
  readonly agent: PublicAgent;
}

/** How long the job of an order whose reply was lost may take to appear: longer than anything is on its way. */
const appearsMs = 75_000;

/** The one order, and whatever is asked afterwards, of an agent that does an order as often as it gets it. */
export function* followPublic(world: World, claim: Claim, host: Public): Course<Found> {
  const { row } = claim;
  if (row.run.status === 'dispatching' && row.intentAt === null) return yield* post(world, claim, host);
  if (row.agentJob === null) return yield* adopt(world, claim, host);
  if (row.run.status === 'rebooting') return yield* followReboot(world, claim, host);
  const id = row.agentJob;
  const { network } = world;
  const answer = yield* network.ask(host, () => ({
    job: host.agent.jobs().find((job) => job.id === id),
    rebootNeeded: host.agent.rebootNeeded,
  }));
  if (answer.kind !== 'answered') return silent;
  const { job, rebootNeeded } = answer.value;
  if (!job || job.state === 'lost') return lost;
  return reported(claim, reportOf(job.state, { rebootNeeded }));
}

function* post(world: World, claim: Claim, host: Public): Course<Found> {
  const { network, store, timeline, weakness, random } = world;
  const { row } = claim;
  const jobs = yield* network.ask(host, () => host.agent.jobs());
  if (jobs.kind !== 'answered') return refused('agent_unreachable');
  if (row.isCancelRequested) return reported(claim, reportOf('cancelled'));
  if (jobs.value.some(({ state }) => state === 'running')) return refused('agent_busy');
  if (!store.storeIntent(claim, { epoch: null, jobsBefore: jobs.value.length })) return null;
  yield random.between(1, 100);
  if (timeline.now >= (row.run.windowClosesAt ?? 0)) return refused('agent_unreachable');
  const answer = yield* network.ask(host, () => host.agent.post(row.id));
  if (answer.kind === 'unreachable') return refused('agent_unreachable');
  if (answer.kind === 'lost') {
    const isBelieved = weakness === 'lost_is_refused' || weakness === 'second_post';
    return isBelieved ? refused('agent_unreachable') : silent;
  }
  if (answer.value === 'busy') return refused('agent_busy');
  if (answer.value === 'refused') return refused('agent_refused', false);
  return reported(claim, reportOf('running'), { agentJob: answer.value });
}

/** The job that came since the intent; nothing is ever sent again. */
function* adopt({ network, timeline }: World, claim: Claim, host: Public): Course<Found> {
  const { row } = claim;
  const jobs = yield* network.ask(host, () => host.agent.jobs());
  if (jobs.kind !== 'answered') return silent;
  const created = jobs.value.filter(({ id }) => id > row.jobsBefore);
  const [job, another] = created;
  if (job && another) return lost;
  if (job) return reported(claim, reportOf('running'), { agentJob: job.id });
  return timeline.now - (row.intentAt ?? 0) < appearsMs ? silent : lost;
}

/** Ordered by us, not after the close, and proved by an uptime that went back. */
function* followReboot({ network, store, timeline }: World, claim: Claim, host: Public): Course<Found> {
  const { row } = claim;
  const health = yield* network.ask(host, () => ({ uptimeMs: host.agent.uptimeMs }));
  if (health.kind !== 'answered') return silent;
  const { uptimeMs } = health.value;
  if (row.rebootOrder === null) {
    if (timeline.now >= (row.run.windowClosesAt ?? 0)) {
      return reported(claim, reportOf('succeeded', { rebootNeeded: true, isRebootOff: true }));
    }
    if (!store.storeRebootOrder(claim, { at: timeline.now, uptimeMs, bootId: 0 })) return null;
    const answer = yield* network.ask(host, () => host.agent.reboot(row.id));
    const isTaken = answer.kind === 'lost' || (answer.kind === 'answered' && answer.value === 'taken');
    return reported(claim, reportOf('rebooting'), isTaken ? {} : { rebootOrder: null });
  }
  const { at, uptimeMs: before } = row.rebootOrder;
  const hasRebooted = uptimeMs + 2000 < before + (timeline.now - at);
  return reported(
    claim,
    reportOf(hasRebooted ? 'succeeded' : 'rebooting', { rebootNeeded: true, hasRebooted }),
  );
}
