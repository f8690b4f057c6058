import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { cursor, id, idParams, instant, listOf, pageLimit, searchText } from './primitives.schema.js';

// RFC 1123: labels of letters, digits and inner hyphens, 63 each, 253 together.
export const fqdn = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .regex(
    /^(?!\d+(\.\d+)*$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'expected a host name such as web-01.example.org',
  );

export const address = z
  .union([z.ipv4(), z.ipv6()], { error: 'expected an IPv4 or IPv6 address such as 10.20.4.17' })
  .meta({ description: 'IPv4 or IPv6 address' });

export const port = z.int().min(1).max(65535);

export const healthStatus = z.enum(['healthy', 'unhealthy', 'unknown', 'none']);
export const agentStatus = z.enum(['not_enrolled', 'connected', 'unreachable', 'refused']);

/**
 * Why an agent that was asked is of no use: no connection, our certificate is not accepted, no answer came, it will not,
 * it cannot, or what came makes no sense.
 */
export const agentFailure = z.enum(['unreachable', 'refused_us', 'lost', 'refused', 'failed', 'bad_answer']);

export const host = z
  .object({
    id,
    fqdn: z.string(),
    address: z.string(),
    agent_port: port,
    groups: z.array(z.object({ id, name: z.string() })),
    health_check_status: healthStatus,
    health_checks: z.object({
      total: z.int(),
      healthy: z.int(),
      unhealthy: z.int(),
      unknown: z.int(),
    }),
    agent_status: agentStatus,
    agent_version: z.string().nullable(),
    last_seen_at: instant.nullable(),
    os: z.string().nullable(),
    os_version: z.string().nullable(),
    kernel: z.string().nullable(),
    architecture: z.string().nullable(),
    boot_id: z.string().nullable(),
    /** Beyond the contract of all agents, such as `idempotent-runs`. */
    capabilities: z.array(z.string()),
    /** What failed when the agent was last asked, in words; it may fail at something and be connected. */
    agent_failure: z.object({ reason: agentFailure, detail: z.string() }).nullable(),
    agent_certificate_valid_to: instant.nullable(),
    /** Of the latest list of patches. */
    inventory_at: instant.nullable(),
    /** Why there is no later one, in words. */
    inventory_failure: z.string().nullable(),
    /** Somebody has asked for the agent to be asked, and it has not answered yet. */
    is_refreshing: z.boolean(),
    pending_reboot: z.boolean().nullable(),
    patches_total: z.int().nullable(),
    /** Null where it is not known, also because the agent does not tell. */
    patches_security: z.int().nullable(),
    active_run: z.object({ job_id: id, run_id: id, status: z.string() }).nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Host' });
export type HostView = z.infer<typeof host>;

export const hostSort = z.enum([
  'health',
  'fqdn',
  '-fqdn',
  'address',
  '-address',
  'patches_security',
  '-patches_security',
]);

export const hostFilter = z.strictObject({
  q: searchText.optional(),
  group: id.optional(),
  health: healthStatus.optional(),
  agent: agentStatus.optional(),
  /** With patches about security, with any, or known to have none. */
  patches: z.enum(['security', 'any', 'none']).optional(),
});

export const hostPatch = z
  .object({
    name: z.string(),
    current_version: z.string().nullable(),
    available_version: z.string().nullable(),
    /** In the agent's words; some agents only guess it. */
    severity: z.string().nullable(),
    /** Null where the agent does not tell. */
    security: z.boolean().nullable(),
    requires_reboot: z.boolean().nullable(),
  })
  .meta({ id: 'HostPatch' });
export type HostPatchView = z.infer<typeof hostPatch>;

const example = {
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20',
  fqdn: 'shop-web-07.example.org',
  address: '10.20.4.17',
  agent_port: 12443,
  groups: [{ id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10', name: 'prod-web' }],
  health_check_status: 'none' as const,
  health_checks: { total: 0, healthy: 0, unhealthy: 0, unknown: 0 },
  agent_status: 'not_enrolled' as const,
  agent_version: null,
  last_seen_at: null,
  os: null,
  os_version: null,
  kernel: null,
  architecture: null,
  boot_id: null,
  capabilities: [],
  agent_failure: null,
  agent_certificate_valid_to: null,
  inventory_at: null,
  inventory_failure: null,
  is_refreshing: false,
  pending_reboot: null,
  patches_total: null,
  patches_security: null,
  active_run: null,
  created_at: '2026-03-26T01:47:12.000Z',
  updated_at: '2026-03-26T01:47:12.000Z',
};

const patchExample = {
  name: 'openssl',
  current_version: '3.0.14-1~deb12u2',
  available_version: '3.0.15-1~deb12u1',
  severity: 'high',
  security: true,
  requires_reboot: true,
};

export const hostEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/hosts',
    summary: 'Lists hosts, worst health first unless sorted otherwise',
    access: 'viewer',
    query: hostFilter.extend({
      sort: hostSort.default('health'),
      limit: pageLimit,
      cursor: cursor.optional(),
    }),
    response: listOf(host),
    status: 200,
    example: {
      query: { q: 'web', health: 'none', limit: '50' },
      response: { items: [example], next_cursor: null, total: 1 },
    },
  }),
  create: endpoint({
    method: 'POST',
    path: '/hosts',
    summary: 'Adds a host by hand',
    access: 'admin',
    body: z.strictObject({
      fqdn,
      address,
      agent_port: port.default(12443),
      group_ids: z.array(id).max(100).default([]),
    }),
    response: host,
    status: 201,
    errors: ['host_exists'],
    example: {
      body: { fqdn: 'shop-web-07.example.org', address: '10.20.4.17' },
      response: example,
    },
  }),
  get: endpoint({
    method: 'GET',
    path: '/hosts/:id',
    summary: 'One host',
    access: 'viewer',
    params: idParams,
    response: host,
    status: 200,
    example: { response: example },
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/hosts/:id',
    summary: 'Changes the name, address or agent port of a host',
    access: 'admin',
    params: idParams,
    body: z.strictObject({
      fqdn: fqdn.optional(),
      address: address.optional(),
      agent_port: port.optional(),
    }),
    response: host,
    status: 200,
    errors: ['host_exists'],
    example: { body: { agent_port: 12444 }, response: { ...example, agent_port: 12444 } },
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/hosts/:id',
    summary: 'Deletes a host and what is kept about it',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    errors: ['host_busy'],
    example: { response: null },
  }),
  patches: endpoint({
    method: 'GET',
    path: '/hosts/:id/patches',
    summary: 'What could be upgraded on a host, what is about security first',
    access: 'viewer',
    params: idParams,
    query: z.strictObject({
      q: searchText.optional(),
      only: z.enum(['security', 'reboot']).optional(),
      limit: pageLimit,
      cursor: cursor.optional(),
    }),
    response: listOf(hostPatch),
    status: 200,
    example: {
      query: { only: 'security', limit: '50' },
      response: { items: [patchExample], next_cursor: null, total: 1 },
    },
  }),
  refresh: endpoint({
    method: 'POST',
    path: '/hosts/:id/refresh',
    summary: 'Has the agent of a host asked for its facts and patches now',
    access: 'operator',
    params: idParams,
    response: host,
    status: 200,
    errors: ['no_agent'],
    example: {
      response: { ...example, agent_status: 'connected', agent_version: '0.1.0', is_refreshing: true },
    },
  }),
};
