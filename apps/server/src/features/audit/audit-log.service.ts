import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../../platform/http/caller.js';
import { isWhole, readCursor, toPage } from '../../platform/http/page.js';
import { countAudit, listAudit, verifyChain } from './audit-log.repository.js';
import type { AuditFilter, ChainState } from './audit-log.repository.js';

@Injectable()
export class AuditLogService {
  constructor(private readonly dataSource: DataSource) {}

  async list(
    viewer: Principal,
    { limit, cursor, ...filter }: AuditFilter & { limit: number; cursor?: string | undefined },
  ) {
    const before = readCursor<[number]>(cursor, [isWhole])?.[0] ?? null;
    const db = this.dataSource.manager;
    const rows = await listAudit(db, viewer, { filter, before, limit: limit + 1 });
    return {
      ...toPage(rows, limit, (row) => [Number(row.seq)]),
      total: await countAudit(db, viewer, filter),
    };
  }

  verify(): Promise<ChainState> {
    return verifyChain(this.dataSource.manager);
  }
}
