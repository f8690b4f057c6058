import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/database/audit-chain.js';
import { violatedForeignKey } from '../../platform/database/failure.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import { isId, isInstant, readCursor, toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { hashToken, newSecretToken } from '../accounts/secret-token.js';
import { TrustAnchor } from '../pki/trust-anchor.js';
import {
  claimToken,
  countTokens,
  findGroupId,
  findToken,
  insertToken,
  listTokens,
  revokeToken,
} from './enrollment-token.repository.js';
import type { EnrollmentTokenRow, Voucher } from './enrollment-token.repository.js';

const lifeMs = 30 * 60_000;
/** Says at a glance, in a leaked file or a scanner, what the secret belongs to. */
const tokenPrefix = 'pge_';

export interface MadeToken {
  readonly row: EnrollmentTokenRow;
  /** Shown this once. */
  readonly token: string;
}

/** One-time tokens with which an administrator vouches for one agent that he has not seen yet (SEC-E1). */
@Injectable()
export class EnrollmentTokenService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly anchor: TrustAnchor,
    private readonly clock: Clock,
  ) {}

  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const after = readCursor<[string, string]>(cursor, [isInstant, isId]);
    const db = this.dataSource.manager;
    const now = this.clock.now();
    const rows = await listTokens(db, now, { after, limit: limit + 1 });
    return {
      ...toPage(rows, limit, ({ created_at, id }) => [created_at.toISOString(), id]),
      total: await countTokens(db, now),
    };
  }

  /** @throws AppError naming the field when the group does not exist */
  async create(actor: Actor, groupId: string | null): Promise<MadeToken> {
    // The agent compares it with the authority it is shown, before it sends the token there.
    const token = `${tokenPrefix}${newSecretToken()}.${await this.anchor.fingerprint()}`;
    const row = await this.unitOfWork.run(actor, async ({ db, now, audit }) => {
      const id = newId();
      const expiresAt = new Date(now.getTime() + lifeMs);
      const made = { id, group_id: groupId, created_by: actor.id, created_at: now, expires_at: expiresAt };
      await inExistingGroup(() => insertToken(db, made, hashToken(token)));
      audit({
        action: 'enrollment_token.create',
        objectType: 'enrollment_token',
        objectId: id,
        details: { group_id: groupId, expires_at: expiresAt.toISOString() },
      });
      await publish(db, 'enrolment', []);
      const stored = await findToken(db, id, now);
      if (!stored) throw new Error('the token that was just stored is not there');
      return stored;
    });
    return { row, token };
  }

  async createForGroupNamed(actor: Actor, name: string): Promise<MadeToken> {
    const groupId = await findGroupId(this.dataSource.manager, name);
    if (groupId === undefined) throw invalidField('group', `there is no group ${name}`);
    return await this.create(actor, groupId);
  }

  async revoke(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(actor, async ({ db, now, audit }) => {
      if (!(await revokeToken(db, id, now))) throw notFound();
      audit({ action: 'enrollment_token.revoke', objectType: 'enrollment_token', objectId: id });
      await publish(db, 'enrolment', []);
    });
  }

  /**
   * Uses a token up, in the transaction of the request it came with.
   *
   * @throws AppError `forbidden`, in the same words whatever is wrong with it
   */
  async claim({ db, now }: Tx, token: string): Promise<Voucher> {
    const voucher = await claimToken(db, hashToken(token), now);
    if (voucher) return voucher;
    const message = 'This enrolment token is unknown, used, revoked or older than 30 minutes.';
    throw new AppError('forbidden', message, { issues: [{ path: 'token', message }] });
  }
}

async function inExistingGroup(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedForeignKey(error) !== 'enrollment_tokens_group_id_fkey') throw error;
    const message = 'there is no such group';
    throw new AppError('invalid_request', message, {
      cause: error,
      issues: [{ path: 'group_id', message }],
    });
  }
}
