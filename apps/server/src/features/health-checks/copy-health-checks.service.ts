import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Db } from '../../platform/database/query.js';
import type { Caller } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { keyIdsOf, noPassword, openPassword, sealPassword } from './basic-auth-password.js';
import { findHost, insertCheck, listChecks, lockHosts } from './health-check.repository.js';
import type { CheckRow } from './health-check.row.js';

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
      await this.sealer.learnKeys(keyIdsOf(checks));
      for (const hostId of wanted) await this.copyTo(db, { hostId, checks, now });
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

  private async copyTo(
    db: Db,
    { hostId, checks, now }: { hostId: string; checks: readonly CheckRow[]; now: Date },
  ): Promise<void> {
    for (const check of checks) {
      const copy = { ...check, id: newId(), host_id: hostId, revision: 1 };
      // A ciphertext opens in its own row only.
      const password = openPassword(this.sealer, check);
      const secret = password === null ? noPassword : sealPassword(this.sealer, password, copy);
      if (await insertCheck(db, { ...copy, ...secret }, now)) continue;
      throw new AppError(
        'health_check_limit',
        'A host has at most five health checks: one of these has no room for those copied.',
      );
    }
  }
}
