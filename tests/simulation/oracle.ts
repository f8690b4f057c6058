import { isTerminal } from '@patchgate/domain';
import type { Entry, Window } from './ledger.js';
import type { RunRow } from './run-store.js';
import type { World } from './world.js';

type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** From the record in the journal to the first package; and how long an order to the public agent may be on its way. */
const ownBeginsMs = 400;
const mostOnItsWayMs = 61_000;

/** What the hosts' own account says against what was promised and what the database says. */
export function faultsOf(world: World): readonly string[] {
  const { store } = world;
  const faults = store.rows.flatMap((row) => faultsOfRun(world, row).map((fault) => `${row.id}: ${fault}`));
  const { mostInFlight, rollOut } = store;
  if (mostInFlight > rollOut.maxInFlight) faults.push(`${mostInFlight} runs were under way at once`);
  return faults;
}

function faultsOfRun(world: World, row: RunRow): string[] {
  const host = world.hosts[row.host];
  if (!host) throw new Error('a run has a host');
  const { ledger } = host.agent.machine;
  const of = <K extends Entry['kind']>(kind: K) =>
    ledger.filter((entry): entry is Of<K> => entry.kind === kind && entry.runId === row.id);
  const [starts, ends, restarts] = [of('started'), of('ended'), of('restarted')];
  const { dispatchedAt } = row.run;
  const lateMs = host.agent.takesRuns ? ownBeginsMs : mostOnItsWayMs;
  const window = dispatchedAt === null ? null : plannedAt(world, row.id, dispatchedAt);
  const isOutside = (at: number, slackMs: number) =>
    window === null || at < window.opensAt || at >= window.closesAt + slackMs;
  const checks = [
    starts.length > 1 && `its packages were changed ${starts.length} times`,
    starts.some(({ at }) => isOutside(at, lateMs)) && 'it started outside of its window',
    starts.some(({ at }) => !mayStart(world, row, of('probed'), at)) &&
      'it started without a gate that opened',
    starts.length > 0 &&
      dispatchedAt !== null &&
      isPausedAt(world, dispatchedAt) &&
      'it started while its job was paused',
    restarts.length > 1 && `its host was restarted ${restarts.length} times`,
    restarts.some(({ at }) => isOutside(at, host.agent.takesRuns ? 0 : mostOnItsWayMs)) &&
      'a restart outside of its window',
    !isTerminal(row.run.status) && row.run.status !== 'indeterminate' && `it is ${row.run.status} for ever`,
    untruth(row, starts, ends),
  ];
  return checks.filter((fault) => typeof fault === 'string');
}

/** The last plan before it was dispatched: what was dispatched keeps its window. */
function plannedAt({ deeds }: World, runId: string, at: number): Window | null {
  const plan = deeds.findLast((deed) => deed.kind === 'planned' && deed.runId === runId && deed.at <= at);
  return plan?.kind === 'planned' ? plan.window : null;
}

function isPausedAt({ deeds }: World, at: number): boolean {
  return (
    deeds.findLast((deed) => (deed.kind === 'paused' || deed.kind === 'resumed') && deed.at < at)?.kind ===
    'paused'
  );
}

/** An all-green look at its checks, and no red one that began after it; or an override; or no check at all. */
function mayStart(
  { deeds, hosts, noChecks }: World,
  row: RunRow,
  probes: readonly Of<'probed'>[],
  at: number,
): boolean {
  if (deeds.some((deed) => deed.kind === 'overrode' && deed.runId === row.id && deed.at < at)) return true;
  const count = hosts[row.host]?.checks.length ?? 0;
  if (count === 0) return noChecks === 'open';
  const rounds = [
    ...Map.groupBy(
      probes.filter((probe) => probe.at <= at),
      ({ round }) => round,
    ).values(),
  ]
    .filter((round) => round.length >= count)
    .map((round) => ({
      from: round[0]?.round ?? 0,
      to: Math.max(...round.map((probe) => probe.at)),
      isGreen: round.every(({ isHealthy }) => isHealthy),
    }));
  const green = rounds.findLast(({ isGreen }) => isGreen);
  return green !== undefined && !rounds.some(({ from, isGreen }) => !isGreen && from > green.to);
}

/** Whether what is said of its end is what its host says; null when it is, or when nothing is said. */
function untruth(
  { run: { status, reason, detail, isResolved } }: RunRow,
  starts: readonly Of<'started'>[],
  ends: readonly Of<'ended'>[],
): string | null {
  if (isResolved || status === 'indeterminate') return null;
  const said = `${status} ${reason ?? ''}`.trim();
  const isUntouched = starts.length === 0;
  const isGood = ends.length === 1 && ends.every((end) => end.isGood);
  const isBad = ends.length === 1 && ends.every((end) => !end.isGood);
  const isTrue = (() => {
    if (status === 'succeeded') return isGood;
    if (reason === 'regressed' || reason === 'reboot_timeout') return isGood;
    if (reason === 'patch_failed')
      return isBad || (isUntouched && detail === 'the agent never had the order');
    return isUntouched;
  })();
  return isTrue
    ? null
    : `it is called ${said}, and its host says ${starts.length} starts, ${ends.length} ends`;
}
