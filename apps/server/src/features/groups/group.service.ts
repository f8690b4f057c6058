import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, notFound } from '../../platform/app-error.js';
import { violatedForeignKey, violatedUnique } from '../../platform/database/failure.js';
import type { Db } from '../../platform/database/query.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { publish } from '../../platform/events/publish.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { isText, readCursor, toPage } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/new-id.js';
import { ReplanRuns } from '../runs/replan-runs.js';
import {
  addHosts,
  addUsers,
  countGroups,
  deleteGroup,
  findGroup,
  idsOfHosts,
  idsOfUsers,
  idsOfUsersReaching,
  insertGroup,
  listGroups,
  listMembers,
  lockGroups,
  removeHost,
  removeUser,
  updateGroup,
} from './group.repository.js';
import type { GroupChange, GroupRow, MemberRow } from './group.repository.js';

@Injectable()
export class GroupService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly replan: ReplanRuns,
  ) {}

  async list(
    viewer: Principal,
    { q, limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined },
  ) {
    const after = readCursor<[string]>(cursor, [isText])?.[0] ?? null;
    const db = this.dataSource.manager;
    const rows = await listGroups(db, viewer, { q, after, limit: limit + 1 });
    return {
      ...toPage(rows, limit, (row) => [row.name.toLowerCase()]),
      total: await countGroups(db, viewer, q),
    };
  }

  async get(viewer: Principal, id: string, db: Db = this.dataSource.manager): Promise<GroupRow> {
    const group = await findGroup(db, viewer, id);
    if (!group) throw notFound();
    return group;
  }

  async members(viewer: Principal, id: string): Promise<MemberRow[]> {
    await this.get(viewer, id);
    return listMembers(this.dataSource.manager, id);
  }

  create(caller: Caller, given: { name: string; description: string }): Promise<GroupRow> {
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const id = newId();
      await namedOnce(given.name, () => insertGroup(db, { id, ...given }, now));
      audit({ action: 'group.create', objectType: 'group', objectId: id, details: { name: given.name } });
      await publish(db, 'overview', []);
      return this.get(caller.principal, id, db);
    });
  }

  update(caller: Caller, id: string, change: GroupChange): Promise<GroupRow> {
    return this.unitOfWork.run(caller, async ({ db, now, audit }) => {
      const before = await this.get(caller.principal, id, db);
      await namedOnce(change.name ?? before.name, () => updateGroup(db, id, change, now));
      audit({
        action: 'group.update',
        objectType: 'group',
        objectId: id,
        details: { name: before.name, ...change },
      });
      await tellOfGroup(db, id, await idsOfHosts(db, id));
      return this.get(caller.principal, id, db);
    });
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(caller, async (tx) => {
      const { db, audit } = tx;
      const { name } = await this.get(caller.principal, id, db);
      // While it still says who they are.
      const hostIds = await idsOfHosts(db, id);
      await tellOfGroup(db, id, hostIds);
      await deleteGroup(db, id);
      // Its windows went with it.
      await this.replan.ofHosts(tx, hostIds);
      audit({ action: 'group.delete', objectType: 'group', objectId: id, details: { name } });
    });
  }

  addUser(caller: Caller, id: string, userId: string): Promise<GroupRow> {
    const details = { user_id: userId };
    return this.changeMembers(caller, id, 'group.add_user', details, async ({ db }) => {
      const added = await addUsers(db, id, [userId]);
      if (added > 0) await tellOfGroup(db, id, []);
      return added;
    });
  }

  async removeUser(caller: Caller, id: string, userId: string): Promise<void> {
    await this.changeMembers(caller, id, 'group.remove_user', { user_id: userId }, async ({ db }) => {
      await tellOfGroup(db, id, []);
      if (!(await removeUser(db, id, userId))) throw notFound();
      return 1;
    });
  }

  /** All or none: one id that is no host fails the whole (SEC-A3). */
  addHosts(caller: Caller, id: string, hostIds: readonly string[]): Promise<GroupRow> {
    const details = { host_ids: hostIds };
    return this.changeMembers(caller, id, 'group.add_hosts', details, async (tx) => {
      const added = await addHosts(tx.db, id, hostIds);
      if (added > 0) await tellOfGroup(tx.db, id, hostIds);
      if (added > 0) await this.replan.ofHosts(tx, hostIds);
      return added;
    });
  }

  async removeHost(caller: Caller, id: string, hostId: string): Promise<void> {
    await this.changeMembers(caller, id, 'group.remove_host', { host_id: hostId }, async (tx) => {
      if (!(await removeHost(tx.db, id, hostId))) throw notFound();
      await tellOfGroup(tx.db, id, [hostId]);
      await this.replan.ofHosts(tx, [hostId]);
      return 1;
    });
  }

  /**
   * Puts a new host into groups, in the caller's transaction. Each group has an entry of its own in the trail: whoever
   * reaches the host through one of them reads the host's entries, and is not to learn of the others.
   *
   * @throws AppError naming the field when one of them does not exist
   */
  async joinNewHost({ db, audit }: Tx, hostId: string, groupIds: readonly string[]): Promise<void> {
    const wanted = new Set(groupIds);
    const groups = await lockGroups(db, [...wanted]);
    if (groups.length !== wanted.size) {
      const message = 'one of these groups does not exist';
      throw new AppError('invalid_request', message, { issues: [{ path: 'group_ids', message }] });
    }
    for (const { id, name } of groups) {
      await addHosts(db, id, [hostId]);
      const details = { name, host_ids: [hostId] };
      audit({ action: 'group.add_hosts', objectType: 'group', objectId: id, details });
    }
    if (groups.length > 0) await publish(db, 'scope', await idsOfUsers(db, [...wanted]));
  }

  /** Tells who reaches a host that is about to be deleted, in the caller's transaction. */
  async tellOfLeaving({ db }: Tx, hostId: string): Promise<void> {
    await publish(db, 'scope', await idsOfUsersReaching(db, hostId));
  }

  private changeMembers(
    caller: Caller,
    id: string,
    action: string,
    details: Record<string, unknown>,
    change: (tx: Tx) => Promise<number>,
  ): Promise<GroupRow> {
    return this.unitOfWork.run(caller, async (tx) => {
      const { name } = await this.get(caller.principal, id, tx.db);
      const changed = await existing(() => change(tx));
      if (changed === 0) tx.nothingChanged();
      else tx.audit({ action, objectType: 'group', objectId: id, details: { name, ...details } });
      return this.get(caller.principal, id, tx.db);
    });
  }
}

/**
 * Tells the people of a group that what they reach is no longer what it was, and administrators which hosts and counts
 * changed.
 */
async function tellOfGroup(db: Db, id: string, hostIds: readonly string[]): Promise<void> {
  await publish(db, 'scope', await idsOfUsers(db, [id]));
  if (hostIds.length > 0) await publish(db, 'host', hostIds);
  await publish(db, 'overview', []);
}

async function namedOnce(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedUnique(error) !== 'groups_name_key') throw error;
    const message = `there is a group ${name} already`;
    throw new AppError('group_exists', message, { cause: error, issues: [{ path: 'name', message }] });
  }
}

async function existing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violatedForeignKey(error) === undefined) throw error;
    throw new AppError('not_found', notFound().message, { cause: error });
  }
}
