import { seesEverything } from '@patchgate/domain';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import type { Principal } from './caller.js';

type Viewer = Pick<Principal, 'role' | 'userId'>;

const all = sql`true`;

/**
 * The condition under which a person reaches a host: they share a group (SEC-A2). It is part of each statement, so that
 * counts, searches and pages are scoped by the same words as a single object.
 *
 * @param hostId the column that holds the host's id
 */
export const reachesHost = (viewer: Viewer, hostId: Sql): Sql =>
  seesEverything(viewer.role)
    ? all
    : sql`EXISTS (SELECT FROM group_hosts sh JOIN group_users su ON su.group_id = sh.group_id
        WHERE sh.host_id = ${hostId} AND su.user_id = ${viewer.userId})`;

/**
 * The same condition for pages and counts: the hosts in reach are gathered once and each row is looked up among them. As
 * a plain condition the planner joins everything with the whole reach before it sorts and cuts off; inside `IS TRUE` it
 * may not turn it into a join.
 *
 * @param hostId the column of the table whose order the list follows, so that rows are dropped before anything is joined
 */
export const reachesHostOfMany = (viewer: Viewer, hostId: Sql): Sql =>
  seesEverything(viewer.role)
    ? all
    : sql`(${hostId} IN (SELECT sh.host_id FROM group_hosts sh JOIN group_users su ON su.group_id = sh.group_id
        WHERE su.user_id = ${viewer.userId})) IS TRUE`;

/** The condition under which a person sees a group: they are in it. */
export const reachesGroup = (viewer: Viewer, groupId: Sql): Sql =>
  seesEverything(viewer.role)
    ? all
    : sql`EXISTS (SELECT FROM group_users sg WHERE sg.group_id = ${groupId} AND sg.user_id = ${viewer.userId})`;
