import { z } from 'zod';
import { enrollAccepted, enrollRequest, enrollStatus } from './agent/enrollment.schema.js';
import { endpoint } from './endpoint.js';
import { host, hostEndpoints } from './host.contract.js';
import { cursor, id, idParams, instant, listOf, pageLimit } from './primitives.schema.js';

/** What a request has in common with a host or another request, so that one of the two is wrong or a copy. */
export const enrollmentCollision = z.object({
  field: z.enum(['fqdn', 'address', 'machine_id']),
  with: z.enum(['host', 'request']),
  id,
  fqdn: z.string(),
});

/** An agent that wants to become a host. Whatever it says of itself is not proven. */
export const enrollment = z
  .object({
    id,
    /** `public` is the agent whose key the manager makes. */
    agent: z.enum(['patchgate', 'public']),
    fqdn: z.string(),
    address: z.string(),
    agent_port: z.int(),
    agent_version: z.string().nullable(),
    machine_id: z.string(),
    os: z.string().nullable(),
    os_version: z.string().nullable(),
    kernel: z.string().nullable(),
    /** Where the request came from. */
    source_address: z.string(),
    /** Whose token came with it, and for which group; null without a token. */
    vouched_by: z
      .object({ username: z.string(), group: z.object({ id, name: z.string() }).nullable() })
      .nullable(),
    collisions: z.array(enrollmentCollision),
    created_at: instant,
    expires_at: instant,
  })
  .meta({ id: 'Enrollment' });
export type EnrollmentView = z.infer<typeof enrollment>;

export const enrollmentToken = z
  .object({
    id,
    /** Null for the console. */
    created_by: z.string().nullable(),
    group: z.object({ id, name: z.string() }).nullable(),
    created_at: instant,
    expires_at: instant,
  })
  .meta({ id: 'EnrollmentToken' });
export type EnrollmentTokenView = z.infer<typeof enrollmentToken>;

const at = '2026-03-26T01:47:12.000Z';
const requestId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const group = { id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10', name: 'prod-web' };
const machineId = '4c4c4544004d3510805ab4c04f503132';
const token = 'pge_shown-once.fingerprint-of-the-authority';
const tokenExample = {
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c40',
  created_by: 'anna',
  group,
  created_at: at,
  expires_at: '2026-03-26T02:17:12.000Z',
};
const facts = { fqdn: 'shop-web-07.example.org', agent_port: 12443, machine_id: machineId };
const page = z.strictObject({ limit: pageLimit, cursor: cursor.optional() });

export const enrollmentEndpoints = {
  request: endpoint({
    method: 'POST',
    path: '/enroll',
    summary: 'An agent asks to become a host; an administrator decides',
    access: 'public',
    agentsOnly: true,
    body: enrollRequest,
    response: enrollAccepted,
    status: 202,
    errors: ['host_exists', 'too_many_requests', 'forbidden'],
    example: {
      body: { ...facts, ip_address: '10.20.4.17', os_details: { name: 'debian', version: '12' }, token },
      response: { polling_token: 'shown-once' },
    },
  }),
  status: endpoint({
    method: 'GET',
    path: '/enroll/status/:polling_token',
    summary:
      'What became of the request; a key made by the manager is in the first answer after the approval only',
    access: 'public',
    params: z.strictObject({ polling_token: z.string().min(1).max(200) }),
    response: enrollStatus,
    status: 200,
    example: { response: { status: 'pending' as const } },
  }),
  list: endpoint({
    method: 'GET',
    path: '/admin/enrollments',
    summary: 'Lists the requests that wait for a decision, the oldest first',
    access: 'admin',
    query: page,
    response: listOf(enrollment),
    status: 200,
    example: {
      response: {
        items: [
          {
            ...{
              id: requestId,
              agent: 'patchgate' as const,
              ...facts,
              address: '10.20.4.17',
              agent_version: '0.1.0',
            },
            ...{ os: 'debian', os_version: '12', kernel: '6.1.0-30-amd64', source_address: '10.20.4.17' },
            ...{ vouched_by: { username: 'anna', group }, collisions: [], created_at: at, expires_at: at },
          },
        ],
        next_cursor: null,
        total: 1,
      },
    },
  }),
  approve: endpoint({
    method: 'POST',
    path: '/admin/enrollments/:id/approve',
    summary: 'Makes the agent a host in the groups given and issues its certificate',
    access: 'admin',
    params: idParams,
    body: z.strictObject({ group_ids: z.array(id).max(100) }),
    response: host,
    status: 200,
    errors: ['host_exists'],
    example: { body: { group_ids: [group.id] }, response: hostEndpoints.get.example.response },
  }),
  deny: endpoint({
    method: 'DELETE',
    path: '/admin/enrollments/:id',
    summary: 'Denies a request; its agent gives up',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
};

export const enrollmentTokenEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/admin/enrollment-tokens',
    summary: 'Lists the enrolment tokens that can still be used, the latest first',
    access: 'admin',
    query: page,
    response: listOf(enrollmentToken),
    status: 200,
    example: { response: { items: [tokenExample], next_cursor: null, total: 1 } },
  }),
  create: endpoint({
    method: 'POST',
    path: '/admin/enrollment-tokens',
    summary: 'Creates an enrolment token for one host, good for 30 minutes; it is shown this once',
    access: 'admin',
    body: z.strictObject({ group_id: id.nullable().default(null) }),
    response: enrollmentToken
      .extend({
        token: z.string(),
        /** To be pasted into a shell of the host; null while the files of the agent are not on the manager. */
        command: z.string().nullable(),
      })
      .meta({ id: 'NewEnrollmentToken' }),
    status: 201,
    example: {
      body: { group_id: group.id },
      response: { ...tokenExample, token, command: `sh patchgate-agent.sh --token ${token}` },
    },
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/admin/enrollment-tokens/:id',
    summary: 'Revokes an enrolment token',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
};
