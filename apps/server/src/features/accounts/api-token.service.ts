import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { insertApiToken, listApiTokens, revokeApiToken } from './api-token.repository.js';
import type { ApiTokenRow } from './api-token.repository.js';
import { hashToken, newSecretToken } from './secret-token.js';

/** Says at a glance, in a leaked file or a scanner, what the secret belongs to. */
export const tokenPrefix = 'pgt_';
const shownLength = tokenPrefix.length + 6;
const dayMs = 24 * 60 * 60 * 1000;

@Injectable()
export class ApiTokenService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list({ userId }: Principal): Promise<ApiTokenRow[]> {
    return listApiTokens(this.dataSource.manager, userId, this.clock.now());
  }

  /** @returns the row, and the token itself this once */
  async create(
    caller: Caller,
    given: { name: string; expires_in_days: number },
  ): Promise<{ row: ApiTokenRow; token: string }> {
    const token = `${tokenPrefix}${newSecretToken()}`;
    const row = await this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const created: ApiTokenRow = {
        id: newId(),
        user_id: caller.principal.userId,
        name: given.name,
        prefix: token.slice(0, shownLength),
        created_at: now,
        last_used_at: null,
        expires_at: new Date(now.getTime() + given.expires_in_days * dayMs),
      };
      await insertApiToken(db, created, hashToken(token));
      audit({
        action: 'api_token.create',
        objectType: 'user',
        objectId: created.user_id,
        details: { name: given.name },
      });
      return created;
    });
    return { row, token };
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const { userId } = caller.principal;
      if (!(await revokeApiToken(db, userId, id, now))) throw notFound();
      audit({
        action: 'api_token.revoke',
        objectType: 'user',
        objectId: userId,
        details: { api_token_id: id },
      });
    });
  }
}
