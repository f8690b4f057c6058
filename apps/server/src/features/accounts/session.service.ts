import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/database/audit-chain.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { newId } from '../../platform/ids/new-id.js';
import { RateLimiter } from '../../platform/limits/rate-limiter.js';
import { loginLimits } from './login-limits.js';
import { PasswordHasher } from './password-hasher.js';
import { passwordRefusal } from './password-policy.js';
import { hashToken, newSecretToken } from './secret-token.js';
import {
  absoluteMs,
  findLiveSession,
  insertSession,
  listLiveSessions,
  revokeAllSessions,
  revokeSession,
} from './session.repository.js';
import type { SessionRow } from './session.repository.js';
import { findCredentials, recordLogin, setPasswordHash } from './user.repository.js';
import type { Credentials } from './user.repository.js';

/** A session just made: the token goes into the cookie and is never seen again. */
export interface NewSession {
  principal: Principal;
  session: SessionRow;
  token: string;
}

const refused = (): AppError => new AppError('unauthenticated', 'The user name or password is wrong.');

@Injectable()
export class SessionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly hasher: PasswordHasher,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
  ) {}

  /** Unknown, wrong and disabled take the same path to the same answer (SEC-L3). */
  async login(
    caller: Caller<Principal | null>,
    given: { username: string; password: string },
  ): Promise<NewSession> {
    const username = storableName(given.username);
    const limits = loginLimits(username, caller.sourceAddress);
    await this.limiter.take(limits);
    const user = await findCredentials(this.dataSource.manager, { username });
    const isRight = await this.hasher.verify(user?.password_hash ?? null, given.password);
    if (!isRight || !user || user.disabled_at !== null) {
      await this.recordRefusal(caller, user);
      throw refused();
    }
    await this.limiter.giveBack(limits);
    const stronger = this.hasher.isWeaker(user.password_hash) ? await this.hasher.hash(given.password) : null;
    return this.unitOfWork.run(actorOf(user, caller), async ({ db, now, audit }) => {
      // Again, under the transaction: the person may have been disabled while the password was compared.
      const current = await findCredentials(db, { id: user.id });
      if (current?.password_hash !== user.password_hash || current.disabled_at !== null) throw refused();
      if (stronger !== null) await setPasswordHash(db, user.id, stronger, now);
      await recordLogin(db, user.id, now);
      audit({ action: 'session.create', objectType: 'user', objectId: user.id });
      return this.open(db, current, caller, now);
    });
  }

  /** Opens a session in the caller's transaction. */
  async open(
    db: Db,
    user: Omit<Credentials, 'password_hash' | 'disabled_at'>,
    caller: Caller<Principal | null>,
    now: Date,
  ): Promise<NewSession> {
    const token = newSecretToken();
    const session: SessionRow = {
      id: newId(),
      user_id: user.id,
      source_address: caller.sourceAddress ?? '',
      user_agent: printable(caller.userAgent),
      created_at: now,
      last_used_at: now,
      expires_at: new Date(now.getTime() + absoluteMs),
    };
    await insertSession(db, session, hashToken(token));
    const credential = { kind: 'session' as const, id: session.id };
    return {
      principal: {
        userId: user.id,
        username: user.username,
        displayName: user.display_name,
        role: user.role,
        credential,
      },
      session,
      token,
    };
  }

  async current({ credential }: Principal): Promise<SessionRow | null> {
    if (credential.kind !== 'session') return null;
    return (await findLiveSession(this.dataSource.manager, credential.id, this.clock.now())) ?? null;
  }

  list({ userId }: Principal): Promise<SessionRow[]> {
    return listLiveSessions(this.dataSource.manager, userId, this.clock.now());
  }

  async end(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      if (!(await revokeSession(db, caller.principal.userId, id, now))) throw notFound();
      audit({ action: 'session.end', objectType: 'user', objectId: caller.principal.userId });
    });
  }

  async changePassword(
    caller: Caller,
    given: { current_password: string; new_password: string },
  ): Promise<NewSession> {
    const { userId, username, displayName } = caller.principal;
    const limits = loginLimits(username, caller.sourceAddress);
    await this.limiter.take(limits);
    const user = await findCredentials(this.dataSource.manager, { id: userId });
    if (!user || !(await this.hasher.verify(user.password_hash, given.current_password))) {
      throw invalidField('current_password', 'this is not your current password');
    }
    await this.limiter.giveBack(limits);
    const reason = passwordRefusal(given.new_password, [username, displayName]);
    if (reason !== null) throw invalidField('new_password', reason);
    const passwordHash = await this.hasher.hash(given.new_password);
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      await setPasswordHash(db, userId, passwordHash, now);
      await revokeAllSessions(db, userId, now);
      audit({ action: 'user.change_password', objectType: 'user', objectId: userId });
      return this.open(db, user, caller, now);
    });
  }

  private async recordRefusal(
    caller: Caller<Principal | null>,
    user: Credentials | undefined,
  ): Promise<void> {
    await this.unitOfWork.run({ ...caller, id: null, name: 'nobody' }, ({ audit }) => {
      audit({ action: 'session.create', objectType: 'user', objectId: user?.id ?? null, outcome: 'denied' });
      return Promise.resolve();
    });
  }
}

const actorOf = (user: Credentials, { sourceAddress }: Actor): Actor => ({
  id: user.id,
  name: user.username,
  sourceAddress,
});

// What PostgreSQL cannot compare cannot be a name either.
const storableName = (given: string): string => given.trim().toLowerCase().replaceAll('\u0000', '');

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
