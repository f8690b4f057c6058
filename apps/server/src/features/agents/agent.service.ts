import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/app-error.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { isInteger, isText, readCursor, toPage } from '../../platform/http/page.js';
import { HostService } from '../hosts/host.service.js';
import { findKnownAgent, refreshAgent } from './expect-agent.repository.js';
import type { KnownAgent } from './expect-agent.repository.js';
import { countPatches, listPatches } from './listed-patches.repository.js';
import type { PatchFilter } from './listed-patches.repository.js';

interface PatchQuery extends PatchFilter {
  limit: number;
  cursor?: string | undefined;
}

@Injectable()
export class AgentService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly hosts: HostService,
  ) {}

  /** What is known of a host's agent; undefined for a host that is gone. Whoever asks has checked that he may. */
  known(db: Db, hostId: string): Promise<KnownAgent | undefined> {
    return findKnownAgent(db, hostId);
  }

  /**
   * Asks the agent for everything as soon as a worker comes to it.
   *
   * @throws AppError `not_found`, and `no_agent` where there is none to ask
   */
  refresh(caller: Caller, hostId: string) {
    return this.unitOfWork.run(caller, async ({ db, audit }) => {
      const { fqdn } = await this.hosts.get(caller.principal, hostId, db);
      if (!(await refreshAgent(db, hostId))) {
        throw new AppError('no_agent', `there is no agent on ${fqdn} to ask: enrol one first`);
      }
      audit({ action: 'host.refresh', objectType: 'host', objectId: hostId, details: { fqdn } });
      await publish(db, 'host', [hostId]);
      return this.hosts.get(caller.principal, hostId, db);
    });
  }

  /** What could be upgraded, what is about security first. */
  async patches(viewer: Principal, hostId: string, { limit, cursor, ...filter }: PatchQuery) {
    const db = this.dataSource.manager;
    await this.hosts.get(viewer, hostId);
    const after = readCursor<[number, string]>(cursor, [isInteger, isText]);
    const [rows, total] = await Promise.all([
      listPatches(db, { hostId, filter, after, limit: limit + 1 }),
      countPatches(db, hostId, filter),
    ]);
    return { ...toPage(rows, limit, ({ rank, name }) => [rank, name]), total };
  }
}
