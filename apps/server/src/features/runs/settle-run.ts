import { isUndispatched, transition } from '@patchgate/domain';
import type { Run, RunEffect, Transition } from '@patchgate/domain';
import type { DataSource } from 'typeorm';
import type { Db } from '../../platform/database/query.js';
import { publishObjects } from '../../platform/events/publish.js';
import { forgetOrder, saveFacts } from './dispatched-run.repository.js';
import { runEnded } from './run-ended.js';
import { lockJobs } from './run-job.repository.js';
import { appendLog } from './run-log.repository.js';
import { saveRun } from './run.repository.js';
import { said } from './run-step.js';
import type { DispatchedRun, StepResult } from './run-step.js';
import { tellOfRuns } from './tell-of-runs.js';
import { wordsOfChange } from './words-of-change.js';

type Found = Extract<StepResult, { kind: 'found' }>;

/** What is owed after the commit. */
export interface Settled {
  readonly run: Run;
  readonly effects: readonly RunEffect[];
}

/** What an event makes of the run; one that goes back to its gate ends there when somebody wants it cancelled. */
export function decide(dispatched: DispatchedRun, { event }: Found, now: Date): Transition {
  const { run, policy, cancelRequestedAt } = dispatched;
  const next = transition(run, event, policy, now.getTime());
  if (cancelRequestedAt === null || !isUndispatched(next.run.status)) return next;
  return transition(next.run, { kind: 'cancel_requested' }, policy, now.getTime());
}

/**
 * Writes what a step found out and all that follows, in one transaction and under the fence of the claim.
 *
 * @returns null when the run is somebody else's by now: nothing was written
 */
export async function settleRun(
  dataSource: DataSource,
  dispatched: DispatchedRun,
  found: Found,
  { now, onSaved }: { readonly now: Date; readonly onSaved: () => void },
): Promise<Settled | null> {
  const next = decide(dispatched, found, now);
  const end = endOf(next);
  return dataSource.transaction(async (db) => {
    // Before the run: an end may pause its job.
    const job = end && (await lockJobs(db, [dispatched.jobId])).get(dispatched.jobId);
    const guard = { id: dispatched.id, fence: dispatched.fence, from: [dispatched.run.status] };
    if (!(await saveRun(db, guard, next.run))) return null;
    onSaved();
    await write(db, dispatched, { found, next: next.run, now });
    const { id, jobId, hostId, batch } = dispatched;
    if (end && job) {
      await runEnded(db, job, { id, jobId, hostId, batch, status: end, reason: next.run.reason }, now);
    } else if (isSeen(dispatched, next.run, found)) await tellOfRuns(db, [dispatched]);
    return next;
  });
}

interface Written {
  readonly found: Found;
  readonly next: Run;
  readonly now: Date;
}

async function write(
  db: Db,
  { id, hostId, run }: DispatchedRun,
  { found, next, now }: Written,
): Promise<void> {
  const { facts = {}, lines = [] } = found;
  await (isUndispatched(next.status) || (next.status === 'cancelled' && next.dispatchedAt === null)
    ? forgetOrder(db, id)
    : saveFacts(db, id, facts));
  const words = wordsOfChange(run, next);
  const ours = words === null ? [] : [said(now, words)];
  // What begins is said before its lines, what ends after them.
  const all = next.status === 'running' ? [...ours, ...lines] : [...lines, ...ours];
  await appendLog(db, id, all);
  if (all.length > 0) await publishObjects(db, 'log', [{ id, hostId }]);
}

type End = 'succeeded' | 'failed' | 'cancelled' | 'indeterminate';

/** What the run has just come to; null also of one that had ended before. */
export function endOf({ run: { status }, effects }: Transition): End | null {
  if (!effects.some(({ kind }) => kind === 'ended')) return null;
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'indeterminate':
      return status;
    case 'queued':
    case 'waiting_health_check':
    case 'dispatching':
    case 'running':
    case 'rebooting':
    case 'verifying':
      return null;
  }
}

/** Whether the change shows anywhere: not that it will be asked about again later. */
const isSeen = ({ run: before, ...known }: DispatchedRun, after: Run, { facts }: Found): boolean =>
  (facts?.progress ?? known.progress) !== known.progress ||
  (facts?.phase ?? known.phase) !== known.phase ||
  facts?.verificationChecks !== undefined ||
  before.status !== after.status ||
  before.reason !== after.reason ||
  before.detail !== after.detail ||
  before.unreachableSince !== after.unreachableSince;
