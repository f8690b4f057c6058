import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../../config/config.token.js';
import type { Config } from '../../config/config.schema.js';
import { notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Principal } from '../../platform/http/caller.js';
import { readCursor, toPage } from '../../platform/http/page.js';
import { listResults } from './check-history.repository.js';
import { findCheck } from './health-check.repository.js';
import type { CheckKey } from './health-check.repository.js';

interface HistoryQuery {
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

@Injectable()
export class CheckHistoryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'resultRetentionMs'>,
  ) {}

  /** What is older than the retention may still be there for an hour; it is not shown, so that every page agrees. */
  async results(viewer: Principal, key: CheckKey, { from, to, limit, cursor }: HistoryQuery) {
    const { manager } = this.dataSource;
    if (!(await findCheck(manager, viewer, key))) throw notFound();
    const oldest = this.clock.now().getTime() - this.config.resultRetentionMs;
    const before = readCursor<[string]>(cursor, [isInstant])?.[0];
    const ends = [to, before].filter((end) => end !== undefined).map((end) => Date.parse(end));
    const rows = await listResults(manager, {
      checkId: key.checkId,
      from: new Date(Math.max(oldest, from === undefined ? oldest : Date.parse(from))),
      to: ends.length === 0 ? null : new Date(Math.min(...ends)),
      limit: limit + 1,
    });
    return toPage(rows, limit, ({ checked_at }) => [checked_at.toISOString()]);
  }
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !isNaN(Date.parse(value));
