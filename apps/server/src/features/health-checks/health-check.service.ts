import { Injectable } from '@nestjs/common';
import type { CheckInput } from '@patchgate/contracts';
import { Prober } from '@patchgate/probes';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { HostRuns } from '../runs/host-runs.js';
import { auditOf } from './audit-of.js';
import { noPassword, sealPassword } from './basic-auth-password.js';
import { changedFields, fieldsOf } from './check-fields.js';
import {
  deleteCheck,
  findCheck,
  findHost,
  insertChecks,
  listChecks,
  lockCheck,
  lockHost,
  updateCheck,
} from './health-check.repository.js';
import type { CheckKey } from './health-check.repository.js';
import type { CheckRow } from './health-check.row.js';
import { nextPassword, passwordOf } from './next-password.js';
import { assertPermittedTarget } from './permitted-target.js';

@Injectable()
export class HealthCheckService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly prober: Prober,
    private readonly recorder: ResultRecorder,
    private readonly runs: HostRuns,
  ) {}

  async list(viewer: Principal, hostId: string): Promise<CheckRow[]> {
    const db = this.dataSource.manager;
    if (!(await findHost(db, viewer, hostId))) throw notFound();
    return listChecks(db, viewer, hostId);
  }

  async get(viewer: Principal, key: CheckKey, db: Db = this.dataSource.manager): Promise<CheckRow> {
    const check = await findCheck(db, viewer, key);
    if (!check) throw notFound();
    return check;
  }

  create(caller: Caller, hostId: string, input: CheckInput): Promise<CheckRow> {
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const host = await lockHost(db, caller.principal, hostId);
      if (!host) throw notFound();
      const fields = fieldsOf(input);
      assertPermittedTarget(fields, this.prober.context.policy);
      const id = newId();
      const password = passwordOf(input);
      if (password) await this.sealer.beginSealing(db);
      const secret = password ? sealPassword(this.sealer, password, { id, url: fields.url }) : noPassword;
      const { name, enabled = true } = input;
      const check = { ...fields, ...secret, id, host_id: hostId, revision: 1, name, enabled };
      if (!(await insertChecks(db, [check], now))) throw tooMany();
      await this.recorder.checksChanged(db, [hostId]);
      audit(auditOf('create', check));
      return this.get(caller.principal, { hostId, checkId: id }, db);
    });
  }

  update(caller: Caller, key: CheckKey, input: CheckInput): Promise<CheckRow> {
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const before = await this.lock(caller.principal, key, db);
      if (input.check_type !== before.check_type) {
        throw invalidField('check_type', `the type of a check cannot change: it is ${before.check_type}`);
      }
      const fields = fieldsOf(input);
      assertPermittedTarget(fields, this.prober.context.policy);
      if (passwordOf(input)) await this.sealer.beginSealing(db);
      const secret = nextPassword(this.sealer, before, { input, fields });
      const { name, enabled = before.enabled } = input;
      const changed = changedFields(before, fields);
      if (secret.basic_auth_pass_encrypted !== before.basic_auth_pass_encrypted)
        changed.push('basic_auth_pass');
      if (enabled !== before.enabled) changed.push('enabled');
      // What a result says holds as long as the same is measured; a name changes nothing of that.
      const revision = before.revision + (changed.length > 0 ? 1 : 0);
      const check = { ...fields, ...secret, id: before.id, host_id: before.host_id, revision, name, enabled };
      await updateCheck(db, check, now);
      await this.recorder.checksChanged(db, [key.hostId]);
      audit(auditOf('update', check, { changed: name === before.name ? changed : ['name', ...changed] }));
      return this.get(caller.principal, key, db);
    });
  }

  async remove(caller: Caller, key: CheckKey): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, audit }) => {
      const check = await this.lock(caller.principal, key, db);
      await deleteCheck(db, check.id);
      await this.recorder.checksChanged(db, [key.hostId]);
      audit(auditOf('delete', check));
    });
  }

  /** A check to be changed. States come first in the order of locks, so who may not change it is told before. */
  private async lock(viewer: Principal, key: CheckKey, db: Db): Promise<CheckRow> {
    await this.get(viewer, key, db);
    await this.runs.assertChecksMayChange(db, viewer, key.hostId);
    await this.recorder.beforeChange(db, [key.hostId]);
    const check = await lockCheck(db, viewer, key);
    if (!check) throw notFound();
    return check;
  }
}

const tooMany = (): AppError => new AppError('health_check_limit', 'A host has at most five health checks.');
