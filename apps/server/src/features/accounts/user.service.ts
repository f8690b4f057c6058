import { Injectable } from '@nestjs/common';
import type { Role } from '@patchgate/domain';
import { DataSource } from 'typeorm';
import { AppError, invalidField, notFound } from '../../platform/app-error.js';
import type { Actor } from '../../platform/database/audit-chain.js';
import { violatedUnique } from '../../platform/database/failure.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/caller.js';
import { isText, readCursor, toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { PasswordHasher } from './password-hasher.js';
import { passwordRefusal } from './password-policy.js';
import { revokeAllSessions } from './session.repository.js';
import {
  countUsers,
  deleteUser,
  findCredentials,
  findUser,
  insertUser,
  listUsers,
  lockAdmins,
  setPasswordHash,
  updateUser,
} from './user.repository.js';
import type { UserRow } from './user.repository.js';

interface NewPerson {
  username: string;
  displayName: string;
  role: Role;
  passwordHash: string;
}

interface UserChanges {
  display_name?: string | undefined;
  role?: Role | undefined;
  disabled?: boolean | undefined;
}

@Injectable()
export class UserService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly hasher: PasswordHasher,
  ) {}

  async list({ q, limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }) {
    const after = readCursor<[string]>(cursor, [isText])?.[0] ?? null;
    const db = this.dataSource.manager;
    const page = toPage(await listUsers(db, { q, after, limit: limit + 1 }), limit, (row) => [row.username]);
    return { ...page, total: await countUsers(db, q) };
  }

  async get(id: string, db: Db = this.dataSource.manager): Promise<UserRow> {
    const user = await findUser(db, id);
    if (!user) throw notFound();
    return user;
  }

  async getByName(username: string): Promise<UserRow> {
    const db = this.dataSource.manager;
    const known = await findCredentials(db, { username });
    if (!known) {
      const message = `there is no user ${username}`;
      throw new AppError('not_found', message, { issues: [{ path: 'username', message }] });
    }
    return this.get(known.id, db);
  }

  async create(
    actor: Actor,
    given: { username: string; display_name: string; role: Role; password: string },
  ): Promise<UserRow> {
    const passwordHash = await this.acceptPassword('password', given.password, [
      given.username,
      given.display_name,
    ]);
    return this.unitOfWork.run(actor, async (tx) => {
      const { id } = await this.insert(tx, { ...given, displayName: given.display_name, passwordHash });
      return this.get(id, tx.db);
    });
  }

  async update(caller: Caller, id: string, changes: UserChanges): Promise<UserRow> {
    return this.unitOfWork.run(caller, async (tx) => {
      const admins = await lockAdmins(tx.db);
      const before = await this.get(id, tx.db);
      const losesAdmin =
        changes.disabled === true || (changes.role !== undefined && changes.role !== 'admin');
      if (losesAdmin) assertAnotherAdmin(admins, id);
      await updateUser(
        tx.db,
        id,
        {
          displayName: changes.display_name,
          role: changes.role,
          disabledAt: disabledAt(changes, before, tx.now),
        },
        tx.now,
      );
      const changesRights = (changes.role ?? before.role) !== before.role || changes.disabled === true;
      if (changesRights) await revokeAllSessions(tx.db, id, tx.now);
      tx.audit({
        action: 'user.update',
        objectType: 'user',
        objectId: id,
        details: { username: before.username, ...changes },
      });
      return this.get(id, tx.db);
    });
  }

  async resetPassword(actor: Actor, id: string, password: string): Promise<UserRow> {
    const { username, display_name } = await this.get(id);
    const passwordHash = await this.acceptPassword('password', password, [username, display_name]);
    return this.unitOfWork.run(actor, async ({ db, now, audit }) => {
      await setPasswordHash(db, id, passwordHash, now);
      await revokeAllSessions(db, id, now);
      audit({ action: 'user.reset_password', objectType: 'user', objectId: id, details: { username } });
      return this.get(id, db);
    });
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async ({ db, audit }) => {
      const admins = await lockAdmins(db);
      const { username } = await this.get(id, db);
      assertAnotherAdmin(admins, id);
      await deleteUser(db, id);
      audit({ action: 'user.delete', objectType: 'user', objectId: id, details: { username } });
    });
  }

  /**
   * Judges a password and makes its hash, outside any transaction: it takes long.
   *
   * @throws AppError naming the field
   */
  async acceptPassword(field: string, password: string, context: readonly string[]): Promise<string> {
    const reason = passwordRefusal(password, context);
    if (reason !== null) throw invalidField(field, reason);
    return this.hasher.hash(password);
  }

  /** Inserts in the caller's transaction. */
  async insert(
    { db, now, audit }: Tx,
    person: NewPerson,
  ): Promise<{ id: string; username: string; display_name: string }> {
    const id = newId();
    const { username, displayName, role, passwordHash } = person;
    try {
      await insertUser(db, { id, username, displayName, role, passwordHash }, now);
    } catch (error) {
      if (violatedUnique(error) !== 'users_username_key') throw error;
      const message = `there is a user ${username} already`;
      throw new AppError('user_exists', message, { cause: error, issues: [{ path: 'username', message }] });
    }
    audit({ action: 'user.create', objectType: 'user', objectId: id, details: { username, role } });
    return { id, username, display_name: displayName };
  }
}

function assertAnotherAdmin(admins: readonly string[], id: string): void {
  if (admins.includes(id) && admins.length === 1) {
    throw new AppError('last_admin', 'This is the last enabled administrator; make another one first.');
  }
}

function disabledAt({ disabled }: UserChanges, before: UserRow, now: Date): Date | null | undefined {
  if (disabled === undefined) return undefined;
  return disabled ? (before.disabled_at ?? now) : null;
}
