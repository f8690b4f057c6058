import { Injectable } from '@nestjs/common';
import type { JobRequest, PatchJobView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { AppError, notFound } from '../../platform/app-error.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { tellOfRuns } from '../runs/tell-of-runs.js';
import {
  failedHosts,
  hostsOfJob,
  lockJob,
  pauseJob,
  requestCancels,
  resumeJob,
  standingOf,
  takeOverJob,
  wakeHeld,
} from './job-command.repository.js';
import type { CommandedJob } from './job-command.repository.js';
import { JobService } from './job.service.js';
import { retryName } from './order-name.js';
import { OrderService } from './order.service.js';

/** What became of a command: what it changed, for the trail, or nothing that had not been so. */
type Change = { readonly details: Record<string, unknown> } | 'unchanged';
type Command = (tx: Tx, job: CommandedJob) => Promise<Change>;

const minuteMs = 60_000;

/**
 * What people do to jobs. None of it writes the status of a run: requests and times are columns that workers read.
 * Whoever commands a job reaches all of its hosts; who reaches a part of them commands those runs one by one.
 */
@Injectable()
export class JobCommandService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: JobService,
    private readonly orders: OrderService,
  ) {}

  pause(caller: Caller, id: string): Promise<PatchJobView> {
    const { userId: by, displayName } = caller.principal;
    return this.#command(caller, id, 'pause', async ({ db, now }, { paused_at }) => {
      if (paused_at !== null) return 'unchanged';
      await pauseJob(db, id, { by, detail: `paused by ${displayName}` }, now);
      return { details: {} };
    });
  }

  resume(caller: Caller, id: string): Promise<PatchJobView> {
    return this.#command(caller, id, 'resume', async ({ db, now }, { paused_at }) => {
      if (paused_at === null) return 'unchanged';
      const failures_accepted = await resumeJob(db, id);
      await wakeHeld(db, id, 'job_paused', now);
      return { details: { failures_accepted } };
    });
  }

  cancel(caller: Caller, id: string): Promise<PatchJobView> {
    return this.#command(caller, id, 'cancel', async ({ db, now }) => {
      const asked = await requestCancels(db, id, caller.principal.userId, now);
      return asked.length === 0 ? 'unchanged' : { details: { runs: asked.length } };
    });
  }

  takeOver(caller: Caller, id: string): Promise<PatchJobView> {
    const { userId } = caller.principal;
    return this.#command(caller, id, 'take_over', async ({ db, now }, { created_by }) => {
      if (created_by === userId) return 'unchanged';
      await takeOverJob(db, id, userId);
      await wakeHeld(db, id, 'rights_lost', now);
      return { details: { from: created_by } };
    });
  }

  /** The same order for the hosts that failed; one that is busy elsewhere refuses the whole, as any order. */
  async retryFailed(caller: Caller, id: string): Promise<PatchJobView> {
    const db = this.dataSource.manager;
    const viewer = caller.principal;
    const row = await this.jobs.row(viewer, id, db);
    await mayCommand(db, viewer, id);
    const host_ids = await failedHosts(db, id);
    if (host_ids.length === 0) throw new AppError('nothing_to_retry', 'No host of this job has failed.');
    const { selection, exclude, schedule, allow_reboot, batch_size, max_in_flight, max_failures } = row;
    const minutes = row.deadline_at && (row.deadline_at.getTime() - row.created_at.getTime()) / minuteMs;
    const request: JobRequest = {
      ...{
        name: retryName(row.name),
        host_ids,
        group_ids: [],
        left_out_host_ids: [],
        selection,
        exclude,
        schedule,
        allow_reboot,
      },
      ...{ batch_size, max_in_flight, max_failures, canary: Math.min(row.canary, host_ids.length) },
      ...(row.packages && { packages: row.packages }),
      deadline_minutes: minutes ?? 60,
    };
    return this.orders.create(caller, request, id);
  }

  #command(caller: Caller, id: string, verb: string, command: Command): Promise<PatchJobView> {
    return this.unitOfWork.run(caller, async (tx) => {
      const { db, audit } = tx;
      const job = await lockJob(db, id);
      if (!job) throw notFound();
      const { isOpen } = await mayCommand(db, caller.principal, id);
      if (!isOpen) throw new AppError('job_ended', 'Every run of this job has ended.');
      const change = await command(tx, job);
      if (change === 'unchanged') tx.nothingChanged();
      else {
        const { name, number } = job;
        const details = { name, number, ...change.details };
        audit({ action: `patch_job.${verb}`, objectType: 'patch_job', objectId: id, details });
        await tellOfRuns(
          db,
          (await hostsOfJob(db, id)).map((run) => ({ ...run, jobId: id })),
        );
      }
      return this.jobs.get(caller.principal, id, db);
    });
  }
}

/** A job none of whose hosts is reached does not exist; of one with some more, a part is not the whole. */
async function mayCommand(db: Db, viewer: Principal, id: string) {
  const standing = await standingOf(db, viewer, id);
  if (!standing.seesOne) throw notFound();
  if (!standing.seesAll) {
    throw new AppError(
      'forbidden',
      'This job has hosts that you do not reach. You can command the runs of your hosts one by one.',
    );
  }
  return standing;
}
