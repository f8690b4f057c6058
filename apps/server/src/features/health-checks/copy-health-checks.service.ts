import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { noPassword, sealPassword } from './basic-auth-password.js';
import { findHost, insertChecks, listChecks, lockHosts } from './health-check.repository.js';
import type { CheckRow, StoredCheck } from './health-check.row.js';
import { openForCaller } from './open-for-caller.js';

@Injectable()
export class CopyHealthChecksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly recorder: ResultRecorder,
  ) {}

  /** To all hosts or to none (SEC-A3): one that is foreign, missing or full fails the whole. */
  async copy(caller: Caller, from: string, hostIds: readonly string[]) {
    const viewer = caller.principal;
    if (!(await findHost(this.dataSource.manager, viewer, from))) throw notFound();
    if (hostIds.includes(from)) throw invalidField('host_ids', 'a host cannot be copied to itself');
    const wanted = [...new Set(hostIds)];
    return this.unitOfWork.run(caller, async (tx) => {
      const { db, now } = tx;
      if ((await lockHosts(db, viewer, wanted)).length !== wanted.length) throw notFound();
      const checks = await listChecks(db, viewer, from);
      await this.sealer.beginSealing(db);
      const copies = await this.copiesOf(checks, wanted);
      if (!(await insertChecks(db, copies, now))) throw noRoom();
      if (checks.length === 0) tx.nothingChanged();
      else {
        await this.recorder.checksChanged(db, wanted);
        const names = checks.map(({ name }) => name);
        tx.audit({
          action: 'health_check.copy',
          // Of no host: who reaches one of them is not to learn of the others.
          objectType: 'health_check',
          objectId: null,
          details: { from, host_ids: wanted, names },
        });
      }
      return { hosts: wanted.length, checks: checks.length * wanted.length };
    });
  }

  /** In the order of the slots they came from. A ciphertext opens in its own row only, so each is sealed anew. */
  private async copiesOf(checks: readonly CheckRow[], hostIds: readonly string[]): Promise<StoredCheck[]> {
    const copies: StoredCheck[] = [];
    for (const check of checks) {
      const password = await openForCaller(this.sealer, check);
      for (const host_id of hostIds) {
        const copy = { ...check, id: newId(), host_id, revision: 1 };
        const secret = password === null ? noPassword : sealPassword(this.sealer, password, copy);
        copies.push({ ...copy, ...secret });
      }
    }
    return copies;
  }
}

const noRoom = (): AppError =>
  new AppError(
    'health_check_limit',
    'A host has at most five health checks: one of these has no room for those copied.',
  );
