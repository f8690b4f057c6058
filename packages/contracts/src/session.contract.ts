import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { id, idParams, instant, line, listOf, nothing } from './primitives.schema.js';

export const role = z.enum(['admin', 'operator', 'viewer']);

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._@-]*$/, 'use letters, digits and . _ @ -, beginning with a letter or digit');

// No lower bound here: how long a password must be is a rule with reasons of its own (see passwordRefusal).
export const password = z
  .string()
  .max(256)
  .regex(/^\P{Cs}*$/u, 'must be valid Unicode');

/** The person behind a request. */
export const principal = z
  .object({ id, username: z.string(), display_name: z.string(), role })
  .meta({ id: 'Principal' });
export type PrincipalView = z.infer<typeof principal>;

/** What a signed-in browser knows of itself; `session` is null for API tokens. */
export const currentSession = z
  .object({
    user: principal,
    session: z.object({ id, created_at: instant, expires_at: instant, idle_expires_at: instant }).nullable(),
  })
  .meta({ id: 'CurrentSession' });
export type CurrentSessionView = z.infer<typeof currentSession>;

export const session = z
  .object({
    id,
    created_at: instant,
    last_used_at: instant,
    expires_at: instant,
    source_address: z.string(),
    user_agent: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof session>;

const at = '2026-03-26T01:47:12.000Z';
const userId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01';
const sessionId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c02';
const currentExample = {
  user: { id: userId, username: 'anna', display_name: 'Anna Lindqvist', role: 'admin' as const },
  session: { id: sessionId, created_at: at, expires_at: at, idle_expires_at: at },
};
const credentials = { username: 'anna', password: 'correct horse battery staple' };

export const sessionEndpoints = {
  setupState: endpoint({
    method: 'GET',
    path: '/setup',
    summary: 'Says whether the first administrator is still to be created',
    access: 'public',
    response: z.object({ needed: z.boolean() }),
    status: 200,
    example: { response: { needed: true } },
  }),
  setup: endpoint({
    method: 'POST',
    path: '/setup',
    summary: 'Creates the first administrator with the one-time token the server printed, and signs in',
    access: 'public',
    body: z.strictObject({ token: z.string().min(1).max(200), username, password }),
    response: currentSession,
    status: 201,
    errors: ['setup_done', 'forbidden', 'too_many_requests'],
    example: { body: { token: 'printed-by-the-server', ...credentials }, response: currentExample },
  }),
  login: endpoint({
    method: 'POST',
    path: '/auth/login',
    summary: 'Signs in and sets the session cookie',
    access: 'public',
    // Any text is let through to the comparison, so that refusals cannot tell which names could exist.
    body: z.strictObject({ username: z.string().max(256), password: z.string().max(256) }),
    response: currentSession,
    status: 200,
    errors: ['unauthenticated', 'too_many_requests'],
    example: { body: credentials, response: currentExample },
  }),
  logout: endpoint({
    method: 'POST',
    path: '/auth/logout',
    summary: 'Ends the current session',
    access: 'viewer',
    sessionOnly: true,
    response: nothing,
    status: 200,
    example: { response: {} },
  }),
  current: endpoint({
    method: 'GET',
    path: '/auth/session',
    summary: 'Who is signed in',
    access: 'viewer',
    response: currentSession,
    status: 200,
    example: { response: currentExample },
  }),
  list: endpoint({
    method: 'GET',
    path: '/auth/sessions',
    summary: 'Lists your own sessions',
    access: 'viewer',
    response: listOf(session),
    status: 200,
    example: {
      response: {
        items: [
          {
            id: sessionId,
            created_at: at,
            last_used_at: at,
            expires_at: at,
            source_address: '10.20.4.2',
            user_agent: 'Mozilla/5.0',
            current: true,
          },
        ],
        next_cursor: null,
        total: 1,
      },
    },
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/auth/sessions/:id',
    summary: 'Ends one of your own sessions',
    access: 'viewer',
    sessionOnly: true,
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/auth/password',
    summary: 'Changes your own password; every session ends and this browser gets a new one',
    access: 'viewer',
    sessionOnly: true,
    body: z.strictObject({ current_password: z.string().max(256), new_password: password }),
    response: currentSession,
    status: 200,
    errors: ['too_many_requests'],
    example: {
      body: { current_password: credentials.password, new_password: 'four other quiet words' },
      response: currentExample,
    },
  }),
};

export const apiToken = z
  .object({
    id,
    name: z.string(),
    prefix: z.string(),
    created_at: instant,
    expires_at: instant,
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiTokenView = z.infer<typeof apiToken>;

const tokenExample = {
  id: sessionId,
  name: 'nightly report',
  prefix: 'pgt_4f9a2c',
  created_at: at,
  expires_at: at,
  last_used_at: null,
};

export const apiTokenEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api-tokens',
    summary: 'Lists your own API tokens',
    access: 'viewer',
    response: listOf(apiToken),
    status: 200,
    example: { response: { items: [tokenExample], next_cursor: null, total: 1 } },
  }),
  create: endpoint({
    method: 'POST',
    path: '/api-tokens',
    summary: 'Creates an API token with your own rights; the token is shown this once',
    access: 'viewer',
    sessionOnly: true,
    body: z.strictObject({ name: line(100), expires_in_days: z.int().min(1).max(365).default(90) }),
    response: apiToken.extend({ token: z.string() }).meta({ id: 'NewApiToken' }),
    status: 201,
    example: {
      body: { name: 'nightly report', expires_in_days: 30 },
      response: { ...tokenExample, token: 'pgt_4f9a2c_shown-once' },
    },
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api-tokens/:id',
    summary: 'Revokes one of your own API tokens',
    access: 'viewer',
    sessionOnly: true,
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
};
