import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/app-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { RateLimiter } from '../../platform/limits/rate-limiter.js';
import { setupLimits } from './login-limits.js';
import { hashToken, newSecretToken } from './secret-token.js';
import { SessionService } from './session.service.js';
import type { NewSession } from './session.service.js';
import {
  deleteSetupTokens,
  hasUsers,
  insertSetupToken,
  isSetupToken,
  lockSetup,
} from './setup.repository.js';
import { UserService } from './user.service.js';

const done = (): AppError => new AppError('setup_done', 'The first administrator has been created already.');

/** There is no default account (SEC-L5): whoever can read the server's output creates the first one. */
@Injectable()
export class SetupService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly limiter: RateLimiter,
    private readonly users: UserService,
    private readonly sessions: SessionService,
    private readonly clock: Clock,
  ) {}

  async isNeeded(): Promise<boolean> {
    return !(await hasUsers(this.dataSource.manager));
  }

  /** @returns a token to print once, or null when there is someone already */
  async issueToken(): Promise<string | null> {
    if (!(await this.isNeeded())) return null;
    const token = newSecretToken();
    await insertSetupToken(this.dataSource.manager, hashToken(token), this.clock.now());
    return token;
  }

  async createFirstAdmin(
    caller: Caller<Principal | null>,
    given: { token: string; username: string; password: string },
  ): Promise<NewSession> {
    await this.limiter.take(setupLimits(caller.sourceAddress));
    if (!(await this.isNeeded())) throw done();
    if (!(await isSetupToken(this.dataSource.manager, hashToken(given.token)))) {
      throw new AppError('forbidden', 'This is not the set-up token the server printed.', {
        issues: [{ path: 'token', message: 'this is not the token the server printed at its last start' }],
      });
    }
    const passwordHash = await this.users.acceptPassword('password', given.password, [given.username]);
    return this.unitOfWork.run({ ...caller, name: 'setup' }, async (tx) => {
      await lockSetup(tx.db);
      if (await hasUsers(tx.db)) throw done();
      const user = await this.users.insert(tx, {
        ...given,
        displayName: given.username,
        role: 'admin',
        passwordHash,
      });
      await deleteSetupTokens(tx.db);
      return this.sessions.open(tx.db, { ...user, role: 'admin' }, caller, tx.now);
    });
  }

  /** The unattended way, from the environment; does nothing when there is someone already. */
  async createUnattended({ username, password }: { username: string; password: string }): Promise<boolean> {
    if (!(await this.isNeeded())) return false;
    const passwordHash = await this.users.acceptPassword('password', password, [username]);
    return this.unitOfWork.run({ id: null, name: 'setup', sourceAddress: null }, async (tx) => {
      await lockSetup(tx.db);
      if (await hasUsers(tx.db)) {
        tx.nothingChanged();
        return false;
      }
      await this.users.insert(tx, { username, displayName: username, role: 'admin', passwordHash });
      await deleteSetupTokens(tx.db);
      return true;
    });
  }
}
