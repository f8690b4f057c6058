import { Injectable } from '@nestjs/common';
import { isInFlight, isUndispatched } from '@patchgate/domain';
import { AppError, notFound } from '../../platform/app-error.js';
import type { AuditEntry } from '../../platform/database/audit-chain.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller } from '../../platform/http/caller.js';
import { wordsFor } from '../health-checks/words-for.js';
import type { RunKey } from './listed-run.repository.js';
import type { ListedRunRow } from './listed-run.row.js';
import { PatchRunService } from './patch-run.service.js';
import {
  lockRun,
  requestCancel,
  requestCheck,
  requestOverride,
  resolveRun,
} from './run-command.repository.js';
import type { CommandedRun, Resolution } from './run-command.repository.js';
import { tellOfRuns } from './tell-of-runs.js';

/** What a command adds to the trail; null when it changed nothing. */
type Details = Record<string, unknown> | null;

/**
 * What people do to single runs, for whoever reaches the host. A status is never written here: what is asked for stands in
 * columns of its own, and the worker that has the run answers it.
 */
@Injectable()
export class RunCommandService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: PatchRunService,
  ) {}

  /** Ends what no agent was told of; of the rest it is a request, and the agent's answer decides. */
  cancel(caller: Caller, key: RunKey): Promise<ListedRunRow> {
    return this.#command(caller, key, 'cancel', async ({ db, now }, run) => {
      assertOpen(run);
      if (run.cancel_requested_at !== null) return null;
      await requestCancel(db, run.id, caller.principal.userId, now);
      return { status: run.status };
    });
  }

  checkNow(caller: Caller, key: RunKey): Promise<ListedRunRow> {
    return this.#command(caller, key, 'check_now', async ({ db, now }, run) => {
      assertUndispatched(run);
      await requestCheck(db, run.id, now);
      return {};
    });
  }

  override(caller: Caller, key: RunKey, reason: string): Promise<ListedRunRow> {
    return this.#command(caller, key, 'override', async ({ db, now }, run) => {
      assertUndispatched(run);
      if (run.window_closes_at !== null && run.window_closes_at <= now) {
        throw new AppError('window_closed', 'The window has closed: nothing is started any more.');
      }
      await requestOverride(db, run.id, { by: caller.principal.userId, reason }, now);
      return { reason, evidence: evidenceOf(run) };
    });
  }

  resolve(caller: Caller, key: RunKey, said: Omit<Resolution, 'by'>): Promise<ListedRunRow> {
    return this.#command(caller, key, 'resolve', async (tx, run) => {
      if (run.status !== 'indeterminate' || run.resolved_at !== null) {
        const message =
          'Only a run whose outcome nobody knows, and of which nobody has said it, can be resolved.';
        throw new AppError('run_not_indeterminate', message);
      }
      await resolveRun(tx.db, run.id, { ...said, by: caller.principal.userId }, tx.now);
      // The host is free again.
      await publish(tx.db, 'host', [run.host_id]);
      await publish(tx.db, 'overview', [run.host_id]);
      return { ...said };
    });
  }

  #command(
    caller: Caller,
    key: RunKey,
    verb: string,
    command: (tx: Tx, run: CommandedRun) => Promise<Details>,
  ): Promise<ListedRunRow> {
    return this.unitOfWork.run(caller, async (tx) => {
      const run = await lockRun(tx.db, caller.principal, key);
      if (!run) throw notFound();
      const details = await command(tx, run);
      if (details === null) tx.nothingChanged();
      else {
        tx.audit(entryOf(verb, run, details));
        await tellOfRuns(tx.db, [{ id: run.id, jobId: run.job_id, hostId: run.host_id }]);
      }
      return this.runs.get(caller.principal, key, tx.db);
    });
  }
}

/** Under the host, so that whoever reaches it reads what was done to it. */
const entryOf = (verb: string, run: CommandedRun, details: Record<string, unknown>): AuditEntry => ({
  action: `patch_run.${verb}`,
  objectType: 'patch_run',
  objectId: run.id,
  details: { host_id: run.host_id, fqdn: run.fqdn, job_id: run.job_id, number: run.number, ...details },
});

/**
 * What was red when somebody let the run through against it, in words for everybody: whoever reaches the host reads the
 * trail, and what is hidden of a probe stays so.
 */
const evidenceOf = ({ attempt, last_outcome, checks }: CommandedRun) => ({
  attempt,
  outcome: last_outcome,
  checks: checks
    .filter(({ verdict }) => verdict !== 'pass')
    .map((check) => wordsFor({ role: 'viewer' }, check))
    .map(({ check_id, name, verdict, reason, detail, checked_at }) => ({
      ...{ check_id, name, verdict, reason, detail },
      checked_at: new Date(checked_at).toISOString(),
    })),
});

function assertOpen({ status }: CommandedRun): void {
  if (isUndispatched(status) || isInFlight(status)) return;
  throw new AppError('run_ended', 'This run has ended.');
}

function assertUndispatched(run: CommandedRun): void {
  assertOpen(run);
  if (isInFlight(run.status)) {
    throw new AppError('run_started', 'This run has started: its agent was or may have been told.');
  }
}
