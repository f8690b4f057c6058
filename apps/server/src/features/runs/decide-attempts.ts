import { isUndispatched, obstacleOf, outcomeOf, transition } from '@patchgate/domain';
import type {
  CheckVerdict,
  GateConditions,
  Run,
  RunEffect,
  RunEvent,
  RunPolicy,
  Transition,
} from '@patchgate/domain';
import type { Config } from '../../config/config.schema.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import { readSetting } from '../settings/read-setting.js';
import type { HostWindows } from '../windows/host-windows.js';
import type { GateAttempt } from './gate-attempt.js';
import { RollOutPlaces, conditionsOf, overrideOf, readObstacles } from './gate-conditions.js';
import type { JobRun, Obstacles } from './gate-conditions.js';
import { insertEvidence, settleLooks } from './gate-evidence.repository.js';
import type { AttemptEvidence } from './gate-evidence.repository.js';
import { listRevisions } from './gate-facts.repository.js';
import { runsEnded } from './run-ended.js';
import type { EndedRunRow } from './run-ended.js';
import { lockJobs } from './run-job.repository.js';
import type { RunJob } from './run-job.repository.js';
import { policyOf } from './run-policy.js';
import { lockRuns, saveRuns } from './run.repository.js';
import { runOf } from './run.row.js';
import type { RunRow } from './run.row.js';
import { tellOfRuns } from './tell-of-runs.js';

export interface DecideDependencies {
  readonly clock: Clock;
  readonly windows: HostWindows;
  readonly config: Config['runs'];
}

/** What became of a run under its claim. */
export interface Decision {
  readonly runId: string;
  readonly run: Run;
}

interface Decided extends JobRun {
  readonly attempt: GateAttempt;
  readonly transition: Transition;
}

const undispatched = ['queued', 'waiting_health_check'] as const;

/**
 * Decides about runs that were looked at, in one transaction: their jobs are locked, then they themselves, and whatever
 * may have changed since the look is read again after that. Those that somebody else has by now are left alone.
 *
 * @returns what was decided about those that were still ours
 */
export async function decideAttempts(
  db: Db,
  attempts: readonly GateAttempt[],
  deps: DecideDependencies,
): Promise<Decision[]> {
  const jobs = await lockJobs(db, [...new Set(attempts.map(({ claim }) => claim.jobId))].toSorted());
  const rows = await lockRuns(
    db,
    attempts.map(({ claim }) => claim.id),
  );
  const ours = attempts.flatMap((attempt) => stillOurs(attempt, rows, jobs));
  if (ours.length === 0) return [];
  const now = deps.clock.now();
  const judge = await readFacts(db, ours, jobs, now, deps);
  const decided = ours
    .toSorted((a, b) => a.run.position - b.run.position)
    .map((each): Decided => ({ ...each, transition: judge(each) }));
  await write(db, decided, jobs, now);
  return decided.map(({ run, transition: { run: after } }) => ({ runId: run.id, run: after }));
}

interface Ours extends JobRun {
  readonly attempt: GateAttempt;
}

function stillOurs(
  attempt: GateAttempt,
  rows: ReadonlyMap<string, RunRow>,
  jobs: ReadonlyMap<string, RunJob>,
): Ours[] {
  const run = rows.get(attempt.claim.id);
  const job = jobs.get(attempt.claim.jobId);
  if (!run || !job || run.fence !== attempt.claim.fence || !isUndispatched(run.status)) return [];
  return [{ attempt, run, job }];
}

/** Reads all that decides, once for all of them. */
async function readFacts(
  db: Db,
  ours: readonly Ours[],
  jobs: ReadonlyMap<string, RunJob>,
  now: Date,
  { windows, config }: DecideDependencies,
): Promise<(each: Ours) => Transition> {
  const hostIds = ours.map(({ run }) => run.host_id);
  const obstacles = await readObstacles(db, windows, ours, now);
  const revisions = Map.groupBy(await listRevisions(db, hostIds), ({ hostId }) => hostId);
  const noChecks = await readSetting(db, 'gate.no_checks');
  const places = await RollOutPlaces.read(db, [...jobs.values()], now);
  return (each) => {
    const { run, job } = each;
    const policy = policyOf(config, { runId: run.id, allowReboot: job.allow_reboot });
    const found = { obstacles: obstacles(each), places, noChecks, policy };
    const event = hasOtherChecks(each, revisions.get(run.host_id) ?? [])
      ? ({ kind: 'released' } as const)
      : eventOf(each, found);
    const result = transition(runOf(run), event, policy, now.getTime());
    if (result.run.status === 'dispatching') places.take(run);
    return result;
  };
}

/** A result counts only for the revision that was probed, and all that are enabled must have been. */
function hasOtherChecks(
  { attempt: { probed, broke } }: Ours,
  current: readonly { readonly id: string; readonly revision: number }[],
): boolean {
  if (probed === null || broke !== null) return false;
  const measured = new Map(probed.results.map(({ check_id, revision }) => [check_id, revision]));
  return (
    current.length !== measured.size || current.some(({ id, revision }) => measured.get(id) !== revision)
  );
}

interface Found {
  readonly obstacles: Obstacles;
  readonly places: RollOutPlaces;
  readonly noChecks: GateConditions['noChecks'];
  readonly policy: RunPolicy;
}

function eventOf(
  { attempt: { startedAt, probed, broke }, run }: Ours,
  { obstacles, places, noChecks, policy }: Found,
): RunEvent {
  if (broke !== null) return { kind: 'attempt_broke', startedAt, detail: broke };
  if (probed === null) {
    if (obstacles.isCancelRequested) return { kind: 'cancel_requested' };
    if (obstacles.window.kind === 'closed') return { kind: 'window_closed', reason: obstacles.window.reason };
    const hold = obstacleOf(obstacles, startedAt, policy);
    // What was in the way has gone meanwhile: it is looked at anew.
    return hold === null ? { kind: 'released' } : { kind: 'held', ...hold };
  }
  const { verdicts } = probed;
  return {
    kind: 'attempted',
    startedAt,
    outcome: outcomeOf(verdicts.map(({ verdict }) => verdict)),
    detail: failuresIn(verdicts),
    conditions: conditionsOf(run, obstacles, places, noChecks),
    hasChecks: verdicts.length > 0,
  };
}

/** What fails and why, as the run says it. */
function failuresIn(verdicts: readonly CheckVerdict[]): string | null {
  const failing = verdicts.filter(({ verdict }) => verdict !== 'pass');
  return failing.length === 0 ? null : failing.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
}

async function write(
  db: Db,
  decided: readonly Decided[],
  jobs: ReadonlyMap<string, RunJob>,
  now: Date,
): Promise<void> {
  const saved = await saveRuns(
    db,
    decided.map(({ run, transition: { run: after } }) => ({
      ...{ id: run.id, fence: run.fence, from: undispatched, run: after },
    })),
  );
  if (saved.size !== decided.length) throw new Error('a run was written by another in spite of its lock');
  await insertEvidence(
    db,
    decided.flatMap((each) => evidenceOf(each, now)),
  );
  await settleLooks(
    db,
    decided.map(({ attempt: { claim, startedAt }, run, transition: { run: after, effects } }) => ({
      ...{ id: run.id, fence: run.fence, checkRequestedAt: claim.checkRequestedAt },
      attemptedAt: recordOf(effects) ? new Date(startedAt) : null,
      keepsClaim: after.status === 'dispatching',
    })),
  );
  const ended = decided.flatMap(endedOf);
  await runsEnded(db, jobs, ended, now);
  const goOn = decided.filter(({ transition: { run } }) => run.endedAt === null);
  await tellOfRuns(
    db,
    goOn.map(({ run }) => ({ id: run.id, jobId: run.job_id, hostId: run.host_id })),
  );
}

const recordOf = (effects: readonly RunEffect[]) =>
  effects.find((effect) => effect.kind === 'record_attempt');

function evidenceOf(
  { attempt, run, transition: { run: after, effects } }: Decided,
  now: Date,
): AttemptEvidence[] {
  const record = recordOf(effects);
  if (!record) return [];
  const { outcome, heldBy } = record;
  return [
    {
      ...{ runId: run.id, attempt: after.attempts, outcome, heldBy, endedAt: now },
      startedAt: new Date(attempt.startedAt),
      override: outcome === 'overridden' ? overrideOf(run) : null,
      verdicts: attempt.probed?.verdicts ?? [],
    },
  ];
}

function endedOf({ run, transition: { run: after, effects } }: Decided): EndedRunRow[] {
  const end = effects.find((effect) => effect.kind === 'ended');
  if (!end) return [];
  const { status, reason } = after;
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'indeterminate':
      return [{ id: run.id, jobId: run.job_id, hostId: run.host_id, batch: run.batch, status, reason }];
    case 'queued':
    case 'waiting_health_check':
    case 'dispatching':
    case 'running':
    case 'rebooting':
    case 'verifying':
      return [];
  }
}
