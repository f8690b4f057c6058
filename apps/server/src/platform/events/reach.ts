import { seesEverything } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { query } from '../database/query.js';
import type { Db } from '../database/query.js';
import type { Principal } from '../http/caller.js';

type Viewer = Pick<Principal, 'role' | 'userId'>;

/**
 * Which hosts the people who listen reach, kept until it changes. By group rather than by person: many people of few
 * groups share one set of hosts.
 */
export class Reach {
  private groups = new Map<string, readonly string[]>();
  private hosts = new Map<string, ReadonlySet<string>>();

  has(viewer: Viewer, hostId: string): boolean {
    if (seesEverything(viewer.role)) return true;
    return (this.groups.get(viewer.userId) ?? []).some((group) => this.hosts.get(group)?.has(hostId));
  }

  /** Forgets everything and reads it for these people, or leaves all as it was when that fails. */
  async load(db: Db, viewers: readonly Viewer[]): Promise<void> {
    const people = new Set(viewers.filter(({ role }) => !seesEverything(role)).map(({ userId }) => userId));
    const groups = new Map<string, readonly string[]>();
    const hosts = new Map<string, ReadonlySet<string>>();
    if (people.size > 0) {
      for (const row of await groupsOf(db, [...people])) groups.set(row.user_id, row.group_ids);
      const wanted = [...new Set([...groups.values()].flat())];
      for (const row of await hostsOf(db, wanted)) hosts.set(row.group_id, new Set(row.host_ids));
    }
    // Not before both are read: half of one and half of the other would be a reach nobody ever had.
    this.groups = groups;
    this.hosts = hosts;
  }

  knows({ role, userId }: Viewer): boolean {
    return seesEverything(role) || this.groups.has(userId);
  }
}

const groupsOf = (db: Db, userIds: readonly string[]) =>
  query<{ user_id: string; group_ids: string[] }>(
    db,
    sql`SELECT u.id AS user_id, COALESCE(array_agg(gu.group_id) FILTER (WHERE gu.group_id IS NOT NULL), '{}') AS group_ids
      FROM unnest(${userIds}::uuid[]) AS u (id) LEFT JOIN group_users gu ON gu.user_id = u.id GROUP BY u.id`,
  );

const hostsOf = (db: Db, groupIds: readonly string[]) =>
  query<{ group_id: string; host_ids: string[] }>(
    db,
    sql`SELECT group_id, array_agg(host_id) AS host_ids FROM group_hosts WHERE group_id = ANY(${groupIds}::uuid[])
      GROUP BY group_id`,
  );
