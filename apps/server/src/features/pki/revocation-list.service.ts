import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import type { Db } from '../../platform/database/query.js';
import { listRevokedSerials } from './agent-certificate.repository.js';
import { AuthorityService } from './authority.service.js';
import { signRevocationList } from './revocation-list.js';
import { findRevocationList, lockRevocationList, putRevocationList } from './revocation-list.repository.js';
import type { RevocationListRow } from './revocation-list.repository.js';

const hourMs = 3_600_000;
const renewedAfterMs = 12 * hourMs;
/** Agents ask once a day, and a manager may be away over a long weekend. */
const lifeMs = 7 * 24 * hourMs;

/** The list of revoked certificates, kept in the database so that every process hands out the same. */
@Injectable()
export class RevocationListService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly authority: AuthorityService,
    private readonly clock: Clock,
  ) {}

  /** The list in PEM; a new one when the last is 12 hours old. */
  async current(): Promise<string> {
    const { id } = await this.authority.find(this.dataSource.manager);
    const known = await findRevocationList(this.dataSource.manager, id);
    if (known && !this.isOld(known)) return known.pem;
    return await this.dataSource.transaction(async (db) => {
      await lockRevocationList(db);
      const made = await findRevocationList(db, id);
      return made && !this.isOld(made) ? made.pem : await this.makeNext(db);
    });
  }

  /** Makes the next list in the transaction that revokes something. */
  async publish(db: Db): Promise<void> {
    await lockRevocationList(db);
    await this.makeNext(db);
  }

  private isOld({ thisUpdate }: RevocationListRow): boolean {
    return this.clock.now().getTime() - thisUpdate.getTime() >= renewedAfterMs;
  }

  private async makeNext(db: Db): Promise<string> {
    const thisUpdate = this.clock.now();
    const nextUpdate = new Date(thisUpdate.getTime() + lifeMs);
    return await this.authority.sign(db, async (keys) => {
      const last = await findRevocationList(db, keys.id);
      const number = (last?.number ?? 0n) + 1n;
      const revoked = await listRevokedSerials(db, keys.id, thisUpdate);
      const pem = await signRevocationList(keys, { number, revoked, thisUpdate, nextUpdate });
      await putRevocationList(db, keys.id, { number, pem, thisUpdate, nextUpdate });
      return pem;
    });
  }
}
