import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { isInteger, readCursor, toPage } from '../../platform/http/page.js';
import { countRuns, findRun, findRuns, listRuns, seesJob } from './listed-run.repository.js';
import type { RunFilter, RunKey } from './listed-run.repository.js';
import type { ListedRunRow, RunDetailRow } from './listed-run.row.js';
import { countAttempts, countLog, listAttempts, listLog } from './run-evidence.repository.js';

interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** What is known of runs, for those who reach their hosts. */
@Injectable()
export class PatchRunService {
  constructor(private readonly dataSource: DataSource) {}

  async list(viewer: Principal, jobId: string, { limit, cursor, ...filter }: RunFilter & Page) {
    const after = readCursor<[number]>(cursor, [isInteger])?.[0] ?? -1;
    const db = this.dataSource.manager;
    if (!(await seesJob(db, viewer, jobId))) throw notFound();
    const [rows, total] = await Promise.all([
      listRuns(db, viewer, { jobId, filter, after, limit: limit + 1 }),
      countRuns(db, viewer, jobId, filter),
    ]);
    return { ...toPage(rows, limit, ({ position }) => [position]), total };
  }

  async get(viewer: Principal, key: RunKey, db: Db = this.dataSource.manager): Promise<RunDetailRow> {
    const run = await findRun(db, viewer, key);
    if (!run) throw notFound();
    return run;
  }

  /** Some of them, of whichever jobs. */
  some(viewer: Principal, ids: readonly string[]): Promise<ListedRunRow[]> {
    return findRuns(this.dataSource.manager, viewer, ids);
  }

  async attempts(viewer: Principal, key: RunKey, { limit, cursor }: Page) {
    const before = readCursor<[number]>(cursor, [isInteger])?.[0] ?? null;
    await this.get(viewer, key);
    const db = this.dataSource.manager;
    const [rows, total] = await Promise.all([
      listAttempts(db, key.runId, { before, limit: limit + 1 }),
      countAttempts(db, key.runId),
    ]);
    return { ...toPage(rows, limit, ({ attempt }) => [attempt]), total };
  }

  async log(viewer: Principal, key: RunKey, page: { after: number; limit: number }) {
    await this.get(viewer, key);
    const db = this.dataSource.manager;
    const [rows, total] = await Promise.all([listLog(db, key.runId, page), countLog(db, key.runId)]);
    return { rows, total };
  }
}
