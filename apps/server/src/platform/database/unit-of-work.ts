import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { appendToAuditChain } from './audit-chain.js';
import type { Actor, AuditEntry } from './audit-chain.js';
import type { Db } from './query.js';

/** One transaction and what it owes. */
export interface Tx {
  readonly db: Db;
  readonly now: Date;
  /** Owes an audit entry; a mutation has one, a bulk action one for all its objects. */
  readonly audit: (entry: AuditEntry) => void;
  /** Says that nothing was changed after all, so that no entry is owed. */
  readonly nothingChanged: () => void;
}

/**
 * Runs a decision and everything it owes in one transaction. A mutation that forgets its audit entry fails as a whole:
 * the trail cannot have holes that a person has to remember.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async run<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    return this.dataSource.transaction(async (db) => {
      const owed: AuditEntry[] = [];
      const claims = { isUnchanged: false };
      const result = await work({
        db,
        now,
        audit: (entry) => owed.push(entry),
        nothingChanged: () => {
          claims.isUnchanged = true;
        },
      });
      if (owed.length === 0 && !claims.isUnchanged) throw new Error('a mutation without an audit entry');
      for (const entry of owed) await appendToAuditChain(db, actor, entry, now);
      return result;
    });
  }
}
