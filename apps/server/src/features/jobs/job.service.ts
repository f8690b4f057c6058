import { Injectable } from '@nestjs/common';
import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { isId, isInstant, readCursor, toPage } from '../../platform/http/page.js';
import { PatchRunService } from '../runs/patch-run.service.js';
import { boardView } from './job-board.views.js';
import { listCells, listReasons } from './job-board.repository.js';
import type { JobFilter } from './job-filter.js';
import type { JobRow } from './job-row.js';
import { listBatches, medianRunMs, tallyRuns } from './job-tally.repository.js';
import { jobView } from './job.views.js';
import type { JobProgress } from './job.views.js';
import { countJobs, findJob, listJobs } from './listed-job.repository.js';

interface JobQuery extends JobFilter {
  limit: number;
  cursor?: string | undefined;
}

/** Jobs as those see them who reach one of their hosts, counted over the hosts that they reach. */
@Injectable()
export class JobService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly runs: PatchRunService,
  ) {}

  async list(viewer: Principal, { limit, cursor, ...filter }: JobQuery) {
    const after = readCursor<[string, string]>(cursor, [isInstant, isId]);
    const db = this.dataSource.manager;
    const [found, total] = await Promise.all([
      listJobs(db, viewer, { filter, after, limit: limit + 1 }),
      countJobs(db, viewer, filter),
    ]);
    const { rows, nextCursor } = toPage(found, limit, (row) => [row.created_at.toISOString(), row.id]);
    return { items: await this.#views(db, viewer, rows), nextCursor, total };
  }

  async get(viewer: Principal, id: string, db: Db = this.dataSource.manager): Promise<PatchJobView> {
    const [view] = await this.#views(db, viewer, [await this.row(viewer, id, db)]);
    if (!view) throw notFound();
    return view;
  }

  async row(viewer: Principal, id: string, db: Db = this.dataSource.manager): Promise<JobRow> {
    const row = await findJob(db, viewer, id);
    if (!row) throw notFound();
    return row;
  }

  async board(viewer: Principal, id: string): Promise<JobBoardView> {
    const db = this.dataSource.manager;
    const job = await this.row(viewer, id, db);
    const [cells, reasons, batches, medians] = await Promise.all([
      listCells(db, viewer, id),
      listReasons(db, viewer, id),
      listBatches(db, viewer, [id]),
      medianRunMs(db, viewer, [id]),
    ]);
    const examples = await this.runs.some(
      viewer,
      reasons.map(({ example_id }) => example_id),
    );
    const progress = { tally: [], batches, medianRunMs: medians.get(id) ?? null };
    return boardView({ job, viewer, cells, reasons, examples, progress, now: this.clock.now() });
  }

  async #views(db: Db, viewer: Principal, rows: readonly JobRow[]): Promise<PatchJobView[]> {
    if (rows.length === 0) return [];
    const tally = await tallyRuns(
      db,
      viewer,
      rows.map(({ id }) => id),
    );
    // Of what is over there is nothing to foretell.
    const open = [...new Set(tally.filter(({ ended_at }) => ended_at === null).map(({ job_id }) => job_id))];
    const [batches, medians] =
      open.length === 0
        ? [[], new Map<string, number>()]
        : await Promise.all([listBatches(db, viewer, open), medianRunMs(db, viewer, open)]);
    const of = (id: string): JobProgress => ({
      tally: tally.filter(({ job_id }) => job_id === id),
      batches: batches.filter(({ job_id }) => job_id === id),
      medianRunMs: medians.get(id) ?? null,
    });
    const now = this.clock.now();
    return rows.map((row) => jobView(row, of(row.id), now));
  }
}
