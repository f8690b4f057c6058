import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { cursor, id, idParams, instant, line, listOf, pageLimit, searchText } from './primitives.schema.js';
import { password, role, username } from './session.contract.js';

export const user = z
  .object({
    id,
    username: z.string(),
    display_name: z.string(),
    role,
    disabled_at: instant.nullable(),
    last_login_at: instant.nullable(),
    groups: z.array(z.object({ id, name: z.string() })),
    created_at: instant,
  })
  .meta({ id: 'User' });
export type UserView = z.infer<typeof user>;

const displayName = line(100);
const example = {
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01',
  username: 'omar',
  display_name: 'Omar Haddad',
  role: 'operator' as const,
  disabled_at: null,
  last_login_at: null,
  groups: [],
  created_at: '2026-03-26T01:47:12.000Z',
};

export const userEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/users',
    summary: 'Lists people, by user name',
    access: 'admin',
    query: z.strictObject({ q: searchText.optional(), limit: pageLimit, cursor: cursor.optional() }),
    response: listOf(user),
    status: 200,
    example: { query: { q: 'omar' }, response: { items: [example], next_cursor: null, total: 1 } },
  }),
  create: endpoint({
    method: 'POST',
    path: '/users',
    summary: 'Creates a person',
    access: 'admin',
    body: z.strictObject({ username, display_name: displayName, role, password }),
    response: user,
    status: 201,
    errors: ['user_exists', 'too_many_requests'],
    example: {
      body: {
        username: 'omar',
        display_name: 'Omar Haddad',
        role: 'operator',
        password: 'correct horse battery staple',
      },
      response: example,
    },
  }),
  get: endpoint({
    method: 'GET',
    path: '/users/:id',
    summary: 'One person',
    access: 'admin',
    params: idParams,
    response: user,
    status: 200,
    example: { response: example },
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/users/:id',
    summary: 'Changes a name or role, disables or enables; a new role or disabling ends all sessions',
    access: 'admin',
    params: idParams,
    body: z.strictObject({
      display_name: displayName.optional(),
      role: role.optional(),
      disabled: z.boolean().optional(),
    }),
    response: user,
    status: 200,
    errors: ['last_admin'],
    example: { body: { role: 'viewer' }, response: { ...example, role: 'viewer' } },
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/users/:id/password',
    summary: 'Sets a new password for a person and ends all of their sessions',
    access: 'admin',
    sessionOnly: true,
    params: idParams,
    body: z.strictObject({ password }),
    response: user,
    status: 200,
    errors: ['too_many_requests'],
    example: { body: { password: 'correct horse battery staple' }, response: example },
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/users/:id',
    summary: 'Deletes a person with their sessions and tokens',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    errors: ['last_admin'],
    example: { response: null },
  }),
};
