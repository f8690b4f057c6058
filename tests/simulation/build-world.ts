import { batchOf, retryJitterMs } from '@patchgate/domain';
import type { Run, RunPolicy } from '@patchgate/domain';
import { IdempotentAgent } from './idempotent-agent.js';
import type { Deed, Window } from './ledger.js';
import { Machine } from './machine.js';
import { Network } from './network.js';
import { PublicAgent } from './public-agent.js';
import { Random } from './random.js';
import { RunStore } from './run-store.js';
import type { RunRow } from './run-store.js';
import { Timeline } from './timeline.js';
import type { IsHealthy, SimulatedHost, Weakness, World } from './world.js';

export const minute = 60_000;
/** Nothing more goes wrong from here on, and every window has closed. */
const calmAt = 60 * minute;

const fresh: Run = {
  ...{ status: 'queued', reason: null, detail: null, attempts: 0, lastOutcome: null, nextAttemptAt: null },
  ...{ windowClosesAt: null, nextStepAt: null, dispatchedAt: null, acceptedAt: null, unreachableSince: null },
  ...{ reboot: null, rebootUntil: null, verifyUntil: null, verification: null, overranBySeconds: null },
  ...{ endedAt: null, isResolved: false },
};

/** A job, its hosts and all that may go wrong with them, from a seed alone. */
export function buildWorld(seed: number, weakness: Weakness | null, wake: (id: string) => void): World {
  const random = new Random(seed);
  const timeline = new Timeline();
  const deeds: Deed[] = [];
  const policy: RunPolicy = {
    ...{ retryMs: random.between(30, 120) * 1000, jitterMs: 0, verifyMs: minute, verifyEveryMs: 10_000 },
    ...{ mostRunMs: 5 * minute, graceMs: 30_000, rebootMs: 3 * minute, followMs: 5000, mostFollowMs: minute },
    allowReboot: random.chance(0.5),
  };
  // Some stories are quiet, and in some everything goes wrong at once.
  const journalLossRate = random.pick([0, 0, 0.05, 0.4]);
  const mishapRate = random.pick([0, 0.005, 0.02, 0.08]);
  const hosts = Array.from({ length: random.between(1, 4) }, () =>
    hostOf(timeline, random, { weakness, journalLossRate }),
  );
  const how = { canary: random.between(0, 1), batchSize: random.chance(0.5) ? random.between(1, 3) : null };
  const rows = hosts.map((_, index) => {
    const id = `run ${seed}.${index}`;
    const window = windowOf(random);
    deeds.push({ kind: 'planned', runId: id, at: 0, window });
    return rowOf(id, index, batchOf(index, how), window, {
      ...policy,
      jitterMs: retryJitterMs(id, policy.retryMs),
    });
  });
  const limits = { maxInFlight: random.between(1, 3), maxFailures: random.between(0, 2) };
  const store = new RunStore(timeline, rows, limits, weakness !== 'no_fence', (id, at) => {
    timeline.at(at, () => wake(id));
  });
  const network = new Network(timeline, random, random.pick([0, 0.05, 0.2, 0.4]), calmAt);
  const noChecks = random.pick(['open', 'hold'] as const);
  return { random, timeline, store, network, hosts, policy, noChecks, deeds, weakness, mishapRate, calmAt };
}

function rowOf(id: string, host: number, batch: number, window: Window, policy: RunPolicy): RunRow {
  return {
    ...{
      id,
      host,
      batch,
      policy,
      run: { ...fresh, windowClosesAt: window.closesAt },
      window,
      fence: 0,
      crashes: 0,
    },
    ...{ leaseUntil: null, isCheckRequested: false, isCancelRequested: false, isCancelAnswered: false },
    ...{ isOverridden: false, intentAt: null, epoch: null, jobsBefore: 0, agentJob: null, rebootOrder: null },
    ...{ hasChecks: false, pairs: [] },
  };
}

export function windowOf(random: Random, from = 0): Window {
  const opensAt = from + random.between(0, 5) * minute;
  return { opensAt, closesAt: Math.min(calmAt, opensAt + random.between(3, 30) * minute) };
}

function hostOf(
  timeline: Timeline,
  random: Random,
  { weakness, journalLossRate }: { weakness: Weakness | null; journalLossRate: number },
): SimulatedHost {
  const machine = new Machine(timeline, {
    transactionMs: () => (random.chance(0.1) ? random.between(4, 9) * minute : random.between(5, 120) * 1000),
    isGood: () => random.chance(0.9),
    rebootNeeded: () => random.chance(0.4),
    restartMs: () => (random.chance(0.05) ? null : random.between(20, 100) * 1000),
    losesJournalAfterMs: () =>
      timeline.now < calmAt && random.chance(journalLossRate) ? random.between(1, 30_000) : null,
    refusal: () => (random.chance(0.9) ? null : random.pick(['busy', 'refused'] as const)),
  });
  const agent = random.chance(0.7)
    ? new IdempotentAgent(machine, weakness === 'no_idempotency')
    : new PublicAgent(machine);
  const checks = Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, () => checkOf(random));
  const partitions = Array.from({ length: random.pick([0, 0, 1, 2]) }, () => {
    const opensAt = random.between(0, calmAt);
    return { opensAt, closesAt: Math.min(calmAt, opensAt + random.between(5, 600) * 1000) };
  });
  return { agent, checks, partitions };
}

/** Red now and then, some for long. */
function checkOf(random: Random): IsHealthy {
  const red = Array.from({ length: random.pick([0, 1, 2, 4]) }, () => {
    const from = random.between(0, 40 * minute);
    return { from, to: from + random.between(5, 1200) * 1000 };
  });
  return (at) => !red.some(({ from, to }) => from <= at && at < to);
}
