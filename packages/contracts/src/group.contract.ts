import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { cursor, id, idParams, instant, line, listOf, pageLimit, searchText } from './primitives.schema.js';
import { principal } from './session.contract.js';

export const group = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    hosts: z.int().min(0),
    users: z.int().min(0),
    created_at: instant,
  })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof group>;

const name = line(100);
const description = line(500, 0);
const groupUser = z.strictObject({ id, user_id: id });
const groupHost = z.strictObject({ id, host_id: id });
const example = {
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10',
  name: 'prod-web',
  description: 'Public web servers',
  hosts: 148,
  users: 3,
  created_at: '2026-03-26T01:47:12.000Z',
};
const person = {
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01',
  username: 'omar',
  display_name: 'Omar Haddad',
  role: 'operator' as const,
};

export const groupEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/groups',
    summary: 'Lists groups by name; other than administrators see their own',
    access: 'viewer',
    query: z.strictObject({ q: searchText.optional(), limit: pageLimit, cursor: cursor.optional() }),
    response: listOf(group),
    status: 200,
    example: { query: { q: 'prod' }, response: { items: [example], next_cursor: null, total: 1 } },
  }),
  create: endpoint({
    method: 'POST',
    path: '/groups',
    summary: 'Creates a group',
    access: 'admin',
    body: z.strictObject({ name, description: description.default('') }),
    response: group,
    status: 201,
    errors: ['group_exists'],
    example: { body: { name: 'prod-web', description: 'Public web servers' }, response: example },
  }),
  get: endpoint({
    method: 'GET',
    path: '/groups/:id',
    summary: 'One group',
    access: 'viewer',
    params: idParams,
    response: group,
    status: 200,
    example: { response: example },
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/groups/:id',
    summary: 'Renames or describes a group',
    access: 'admin',
    params: idParams,
    body: z.strictObject({ name: name.optional(), description: description.optional() }),
    response: group,
    status: 200,
    errors: ['group_exists'],
    example: { body: { name: 'prod-web' }, response: example },
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/groups/:id',
    summary: 'Deletes a group; its hosts and people stay',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
  listUsers: endpoint({
    method: 'GET',
    path: '/groups/:id/users',
    summary: 'The people of a group',
    access: 'viewer',
    params: idParams,
    response: listOf(principal),
    status: 200,
    example: { response: { items: [person], next_cursor: null, total: 1 } },
  }),
  addUser: endpoint({
    method: 'PUT',
    path: '/groups/:id/users/:user_id',
    summary: 'Adds a person to a group; again changes nothing',
    access: 'admin',
    params: groupUser,
    response: group,
    status: 200,
    example: { response: example },
  }),
  removeUser: endpoint({
    method: 'DELETE',
    path: '/groups/:id/users/:user_id',
    summary: 'Takes a person out of a group',
    access: 'admin',
    params: groupUser,
    response: null,
    status: 204,
    example: { response: null },
  }),
  addHosts: endpoint({
    method: 'POST',
    path: '/groups/:id/hosts',
    summary: 'Adds several hosts to a group, all or none',
    access: 'admin',
    params: idParams,
    body: z.strictObject({ host_ids: z.array(id).min(1).max(1000) }),
    response: group,
    status: 200,
    example: { body: { host_ids: ['0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20'] }, response: example },
  }),
  addHost: endpoint({
    method: 'PUT',
    path: '/groups/:id/hosts/:host_id',
    summary: 'Adds a host to a group; again changes nothing',
    access: 'admin',
    params: groupHost,
    response: group,
    status: 200,
    example: { response: example },
  }),
  removeHost: endpoint({
    method: 'DELETE',
    path: '/groups/:id/hosts/:host_id',
    summary: 'Takes a host out of a group',
    access: 'admin',
    params: groupHost,
    response: null,
    status: 204,
    example: { response: null },
  }),
};
