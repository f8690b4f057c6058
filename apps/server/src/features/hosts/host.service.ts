import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { DataSource } from 'typeorm';
import { AppError, notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { violatedUnique } from '../../platform/database/failure.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { ExpectedAgents } from '../agents/expected-agents.js';
import { GroupService } from '../groups/group.service.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { HostRuns } from '../runs/host-runs.js';
import { hostOrders } from './host-order.js';
import type { HostSort } from './host-order.js';
import { countHosts, deleteHost, findHost, insertHost, listHosts, updateHost } from './host.repository.js';
import type { HostChange, HostFilter, HostRow, NewHost } from './host.repository.js';

interface HostQuery extends HostFilter {
  sort: HostSort;
  limit: number;
  cursor?: string | undefined;
}

@Injectable()
export class HostService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly groups: GroupService,
    private readonly recorder: ResultRecorder,
    private readonly certificates: AgentCertificateService,
    private readonly agents: ExpectedAgents,
    private readonly runs: HostRuns,
  ) {}

  async list(viewer: Principal, { sort, limit, cursor, ...filter }: HostQuery) {
    const order = hostOrders[sort];
    const now = this.clock.now();
    const db = this.dataSource.manager;
    const page = { ...order, filter, after: order.after(cursor), limit: limit + 1 };
    const [rows, total] = await Promise.all([
      listHosts(db, viewer, page, now),
      countHosts(db, viewer, filter, now),
    ]);
    return { ...toPage(rows, limit, order.keyOf), total };
  }

  async get(viewer: Principal, id: string, db: Db = this.dataSource.manager): Promise<HostRow> {
    const host = await findHost(db, viewer, id, this.clock.now());
    if (!host) throw notFound();
    return host;
  }

  create(
    caller: Caller,
    given: { fqdn: string; address: string; agent_port: number; group_ids: string[] },
  ): Promise<HostRow> {
    const { group_ids, ...host } = given;
    return this.unitOfWork.run(caller, async (tx) => {
      const id = newId();
      await this.add(tx, { id, ...host, enrolled: null }, group_ids);
      return this.get(caller.principal, id, tx.db);
    });
  }

  /**
   * Adds a host in the caller's transaction.
   *
   * @throws AppError `host_exists` saying what another host has already
   */
  async add(tx: Tx, host: NewHost, groupIds: readonly string[]): Promise<void> {
    const { id, fqdn, address, agent_port } = host;
    await once(host, () => insertHost(tx.db, host, tx.now));
    tx.audit({
      action: 'host.create',
      objectType: 'host',
      objectId: id,
      details: { fqdn, address, agent_port },
    });
    await this.groups.joinNewHost(tx, id, groupIds);
    await publish(tx.db, 'host', [id]);
    await publish(tx.db, 'overview', [id]);
  }

  update(caller: Caller, id: string, change: HostChange): Promise<HostRow> {
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const before = await this.get(caller.principal, id, db);
      await once({ ...before, ...change }, () => updateHost(db, id, change, now));
      if (change.address !== undefined || change.agent_port !== undefined) await this.agents.hasMoved(db, id);
      audit({
        action: 'host.update',
        objectType: 'host',
        objectId: id,
        details: { ...change, was: before.fqdn },
      });
      await publish(db, 'host', [id]);
      return this.get(caller.principal, id, db);
    });
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async (tx) => {
      const { db, audit } = tx;
      const host = await findHost(db, caller.principal, id, this.clock.now(), sql`FOR UPDATE OF h`);
      if (!host) throw notFound();
      await this.runs.assertFree(db, id);
      // What goes with the host is locked in the order in which results are written, and only then deleted.
      await this.recorder.beforeChange(db, [id]);
      await this.groups.tellOfLeaving(tx, id);
      await deleteHost(db, id);
      await this.certificates.revokeAllOf(tx, id);
      await publish(db, 'host', [id]);
      await publish(db, 'overview', [id]);
      const { fqdn } = host;
      audit({ action: 'host.delete', objectType: 'host', objectId: id, details: { fqdn } });
    });
  }
}

const collisions: Record<string, { path: string; say(host: HostChange): string }> = {
  hosts_fqdn_key: { path: 'fqdn', say: ({ fqdn }) => `there is a host ${fqdn ?? ''} already` },
  hosts_address_agent_port_key: {
    path: 'address',
    say: ({ address, agent_port }) => `there is a host at ${address ?? ''} port ${agent_port ?? ''} already`,
  },
};

async function once(host: HostChange, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const collision = collisions[violatedUnique(error) ?? ''];
    if (!collision) throw error;
    const message = collision.say(host);
    throw new AppError('host_exists', message, { cause: error, issues: [{ path: collision.path, message }] });
  }
}
