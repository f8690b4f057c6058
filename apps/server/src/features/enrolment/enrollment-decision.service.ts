import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller } from '../../platform/http/caller.js';
import { isId, isInstant, readCursor, toPage } from '../../platform/http/page.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { HostService } from '../hosts/host.service.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { osFactsOf } from './applicant.js';
import { countEnrollments, decide, listEnrollments, lockPending } from './enrollment.repository.js';
import { waitsMs } from './enrollment.service.js';
import { keepServerKey } from './server-key.js';

/** The administrator's side of enrolment. */
@Injectable()
export class EnrollmentDecisionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly hosts: HostService,
    private readonly certificates: AgentCertificateService,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const after = readCursor<[string, string]>(cursor, [isInstant, isId]);
    const db = this.dataSource.manager;
    const now = this.clock.now();
    const rows = await listEnrollments(db, now, { after, limit: limit + 1 });
    return {
      ...toPage(rows, limit, ({ created_at, id }) => [created_at.toISOString(), id]),
      total: await countEnrollments(db, now),
    };
  }

  /**
   * Makes a host of a request, under the same id, with its certificate: all of it or nothing.
   *
   * @throws AppError `not_found` when it no longer waits, `host_exists` when another host came first
   */
  approve(caller: Caller, id: string, groupIds: readonly string[]) {
    return this.unitOfWork.run(caller, async (tx) => {
      const { db, now, audit } = tx;
      const request = await lockPending(db, id, now);
      if (!request) throw notFound();
      const { fqdn, address, agent_port, machine_id, csr, vouched_by, agent } = request;
      const enrolled = { machine_id, ...osFactsOf(request) };
      await this.hosts.add(tx, { id, fqdn, address, agent_port, enrolled }, groupIds);
      const { row, privateKey } = await this.certificates.issue(tx, { hostId: id, fqdn, address }, csr);
      const until = new Date(now.getTime() + waitsMs);
      await decide(db, id, { state: 'approved', certificateId: row.id, now, until });
      if (privateKey !== null) await keepServerKey(db, this.sealer, { id, privateKey, now });
      const details = { fqdn, agent, vouched_by };
      audit({ action: 'enrollment.approve', objectType: 'enrollment', objectId: id, details });
      await publish(db, 'enrolment', []);
      return this.hosts.get(caller.principal, id, db);
    });
  }

  /** The agent reads of it until the request would have expired, and gives up. */
  async deny(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const request = await lockPending(db, id, now);
      if (!request) throw notFound();
      const until = new Date(now.getTime() + waitsMs);
      await decide(db, id, { state: 'denied', certificateId: null, now, until });
      const details = { fqdn: request.fqdn, vouched_by: request.vouched_by };
      audit({ action: 'enrollment.deny', objectType: 'enrollment', objectId: id, details });
      await publish(db, 'enrolment', []);
    });
  }
}
