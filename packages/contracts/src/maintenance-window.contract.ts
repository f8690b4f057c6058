import { z } from 'zod';
import { endpoint } from './endpoint.js';
import {
  hostWindows,
  maintenanceWindow,
  occurrence,
  schedule,
  windowActivity,
  windowChange,
  windowInput,
  windowKind,
} from './maintenance-window.schema.js';
import { cursor, id, idParams, instant, listOf, pageLimit, searchText } from './primitives.schema.js';

const longestSpanMs = 32 * 86_400_000;

const spanProblem = ({ from, to }: { from?: string | undefined; to?: string | undefined }): string | null => {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) return 'expected from and to together';
  const spanMs = Date.parse(to) - Date.parse(from);
  if (spanMs <= 0 || spanMs > longestSpanMs) return 'expected an instant after from, by 32 days at most';
  // The rules of daylight saving are not known for ever, and each year of them takes time.
  return from >= '2000' && to < '2200' ? null : 'expected a span in the years 2000 to 2199';
};

const rule = {
  kind: 'maintenance' as const,
  time_zone: 'Europe/London',
  starts_at: '2026-03-01T01:30',
  duration_minutes: 90,
  recurrence: { freq: 'daily' as const },
  last_start_minutes: 0,
};
const input = {
  ...rule,
  name: 'uk-edge nightly',
  group_id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10',
  enabled: true,
};
const tonight = {
  opens_at: '2026-03-26T01:30:00.000Z',
  closes_at: '2026-03-26T03:00:00.000Z',
  shift: 'none' as const,
  local_start: '2026-03-26T01:30',
};
const sunday = {
  opens_at: '2026-03-29T01:00:00.000Z',
  closes_at: '2026-03-29T02:30:00.000Z',
  shift: 'gap' as const,
  local_start: '2026-03-29T01:30',
};
const example = {
  ...input,
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c60',
  host_id: null,
  scope_name: 'edge-lon',
  hosts: 36,
  fault: null,
  current: tonight,
  next: sunday,
  created_at: '2026-03-01T09:12:00.000Z',
  updated_at: '2026-03-01T09:12:00.000Z',
};
const activityExample = {
  window_id: example.id,
  jobs: [{ id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c70', number: 1284 }],
  attempted_at: ['2026-03-26T01:30:00.000Z', '2026-03-26T01:35:00.000Z'],
};
const { opens_at, closes_at } = tonight;
const hostExample = {
  windows: [example],
  hidden: 0,
  current: { kind: 'open' as const, opens_at, closes_at, starts_until: closes_at },
  blackout: null,
  next: { opens_at: sunday.opens_at, closes_at: sunday.closes_at },
  intervals: [{ opens_at, closes_at }],
};

export const maintenanceWindowEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/maintenance-windows',
    summary: 'Lists maintenance windows and blackouts by name, with their times in a span if one is given',
    access: 'viewer',
    query: z
      .strictObject({
        q: searchText.optional(),
        host: id.optional(),
        group: id.optional(),
        kind: windowKind.optional(),
        from: instant.optional(),
        to: instant.optional(),
        limit: pageLimit,
        cursor: cursor.optional(),
      })
      .superRefine((query, context) => {
        const problem = spanProblem(query);
        if (problem !== null) context.addIssue({ code: 'custom', path: ['to'], message: problem });
      }),
    response: listOf(maintenanceWindow),
    status: 200,
    example: { query: { kind: 'maintenance' }, response: { items: [example], next_cursor: null, total: 1 } },
  }),
  create: endpoint({
    method: 'POST',
    path: '/maintenance-windows',
    summary: 'Adds a maintenance window or blackout to a host or a group',
    access: 'admin',
    body: windowInput,
    response: maintenanceWindow,
    status: 201,
    example: { body: input, response: example },
  }),
  preview: endpoint({
    method: 'POST',
    path: '/maintenance-windows/preview',
    summary: 'The next ten times of a schedule; stores nothing',
    access: 'viewer',
    body: schedule,
    response: z.object({
      occurrences: z.array(occurrence),
      /** `YYYY-MM`: months among them that lack the day. */
      skipped_months: z.array(z.string()),
    }),
    status: 200,
    example: { body: rule, response: { occurrences: [tonight, sunday], skipped_months: [] } },
  }),
  activity: endpoint({
    method: 'GET',
    path: '/maintenance-windows/activity',
    summary: 'What happens in the windows that are open now: their jobs, and when the gate was tried',
    access: 'viewer',
    response: z.object({ items: z.array(windowActivity) }),
    status: 200,
    example: { response: { items: [activityExample] } },
  }),
  get: endpoint({
    method: 'GET',
    path: '/maintenance-windows/:id',
    summary: 'One maintenance window or blackout',
    access: 'viewer',
    params: idParams,
    response: maintenanceWindow,
    status: 200,
    example: { response: example },
  }),
  update: endpoint({
    method: 'PUT',
    path: '/maintenance-windows/:id',
    summary:
      'Replaces a maintenance window or blackout; what is left out takes its default, only enabled stays',
    access: 'admin',
    params: idParams,
    body: windowChange,
    response: maintenanceWindow,
    status: 200,
    example: { body: { ...rule, name: input.name }, response: example },
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/maintenance-windows/:id',
    summary: 'Deletes a maintenance window or blackout',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
  ofHost: endpoint({
    method: 'GET',
    path: '/hosts/:id/windows',
    summary:
      'The windows that count for a host: its own and its groups’, what they are now and what comes next',
    access: 'viewer',
    params: idParams,
    response: hostWindows,
    status: 200,
    example: { response: hostExample },
  }),
};
