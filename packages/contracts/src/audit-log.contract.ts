import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { cursor, id, instant, line, listOf, pageLimit, searchText } from './primitives.schema.js';

export const auditEntry = z
  .object({
    seq: z.int(),
    at: instant,
    actor_id: id.nullable(),
    actor_name: z.string(),
    source_address: z.string().nullable(),
    action: z.string(),
    object_type: z.string(),
    object_id: id.nullable(),
    outcome: z.enum(['success', 'denied', 'failed']),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryView = z.infer<typeof auditEntry>;

export const auditLogEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/audit-log',
    summary: 'Who did what, newest first; other than administrators see their own acts and their hosts',
    access: 'viewer',
    query: z.strictObject({
      q: searchText.optional(),
      actor_id: id.optional(),
      action: line(100).optional(),
      object_type: line(50).optional(),
      object_id: id.optional(),
      from: instant.optional(),
      to: instant.optional(),
      limit: pageLimit,
      cursor: cursor.optional(),
    }),
    response: listOf(auditEntry),
    status: 200,
    example: {
      query: { action: 'host.create' },
      response: {
        items: [
          {
            seq: 7,
            at: '2026-03-26T01:47:12.000Z',
            actor_id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01',
            actor_name: 'anna',
            source_address: '10.20.4.2',
            action: 'host.create',
            object_type: 'host',
            object_id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20',
            outcome: 'success',
            details: { fqdn: 'shop-web-07.example.org' },
          },
        ],
        next_cursor: null,
        total: 1,
      },
    },
  }),
  verify: endpoint({
    method: 'POST',
    path: '/audit-log/verify',
    summary: 'Recomputes the hash chain and says where it breaks',
    access: 'admin',
    response: z.object({
      valid: z.boolean(),
      rows: z.int().min(0),
      first_invalid_seq: z.int().nullable(),
    }),
    status: 200,
    example: { response: { valid: true, rows: 7, first_invalid_seq: null } },
  }),
};
