import type { hostSort } from '@patchgate/contracts';
import ipaddr from 'ipaddr.js';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { isId, isInteger, isText, readCursor } from '../../platform/http/page.js';
import type { HostRow } from './host.repository.js';

const { IPv4, IPv6 } = ipaddr;

export type HostSort = z.output<typeof hostSort>;

export interface HostOrder {
  readonly orderBy: Sql;
  /** The host's id in the table whose index has this order. */
  readonly orderedId: Sql;
  /** The condition that a row comes after the cursor's. */
  readonly after: (cursor: string | undefined) => Sql;
  readonly keyOf: (row: HostRow) => readonly unknown[];
}

const everything = sql`true`;

// Each order is total (it ends in something unique) and has an index of exactly this shape, so a page costs its rows.
export const hostOrders: Readonly<Record<HostSort, HostOrder>> = {
  health: {
    orderBy: sql`hh.severity, hh.fqdn, hh.host_id`,
    orderedId: sql`hh.host_id`,
    after(cursor) {
      const key = readCursor<[number, string, string]>(cursor, [isInteger, isText, isId]);
      return key
        ? sql`(hh.severity, hh.fqdn, hh.host_id) > (${key[0]}::int, ${key[1]}, ${key[2]})`
        : everything;
    },
    keyOf: (row) => [row.severity, row.fqdn, row.id],
  },
  fqdn: byName(sql`>`, sql`h.fqdn`),
  '-fqdn': byName(sql`<`, sql`h.fqdn DESC`),
  address: byAddress(sql`>`, sql`h.address, h.agent_port`),
  '-address': byAddress(sql`<`, sql`h.address DESC, h.agent_port DESC`),
  patches_security: bySecurityPatches(sql`>`, sql`COALESCE(h.patches_security, -1), h.id`),
  '-patches_security': bySecurityPatches(sql`<`, sql`COALESCE(h.patches_security, -1) DESC, h.id DESC`),
};

function byName(comparison: Sql, orderBy: Sql): HostOrder {
  return {
    orderBy,
    orderedId: sql`h.id`,
    after(cursor) {
      const key = readCursor<[string]>(cursor, [isText]);
      return key ? sql`h.fqdn ${comparison} ${key[0]}` : everything;
    },
    keyOf: (row) => [row.fqdn],
  };
}

// inet sorts by number, so 10.20.4.9 comes before 10.20.4.17. A cursor's text that is no address must not reach the
// cast; what PostgreSQL itself writes may be ::ffff:10.20.4.17, which nobody may enter as an address.
const isAddress = (value: unknown): value is string =>
  isText(value) && (IPv4.isValidFourPartDecimal(value) || (IPv6.isValid(value) && !value.includes('%')));

function byAddress(comparison: Sql, orderBy: Sql): HostOrder {
  return {
    orderBy,
    orderedId: sql`h.id`,
    after(cursor) {
      const key = readCursor<[string, number]>(cursor, [isAddress, isInteger]);
      return key ? sql`(h.address, h.agent_port) ${comparison} (${key[0]}::inet, ${key[1]})` : everything;
    },
    keyOf: (row) => [row.address, row.agent_port],
  };
}

function bySecurityPatches(comparison: Sql, orderBy: Sql): HostOrder {
  return {
    orderBy,
    orderedId: sql`h.id`,
    after(cursor) {
      const key = readCursor<[number, string]>(cursor, [isInteger, isId]);
      return key
        ? sql`(COALESCE(h.patches_security, -1), h.id) ${comparison} (${key[0]}, ${key[1]}::uuid)`
        : everything;
    },
    keyOf: (row) => [row.patches_security ?? -1, row.id],
  };
}
