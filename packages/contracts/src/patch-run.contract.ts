import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { attemptExample, runDetailExample, runExample } from './patch-job.example.js';
import { cursor, id, idParams, line, listOf, nothing, pageLimit, searchText } from './primitives.schema.js';
import { gateAttempt, logLine, run, runDetail, runFilter, runReason } from './run.schema.js';

const runParams = z.strictObject({ id, run_id: id });

/** What a person is told who is late: the run is dispatched, or over. */
const tooLate = ['run_started', 'run_ended'] as const;

export const patchRunEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/patch-jobs/:id/hosts',
    summary: 'The runs of a job, in the order of the roll-out',
    access: 'viewer',
    params: idParams,
    query: z.strictObject({
      q: searchText.optional(),
      status: runFilter.optional(),
      reason: runReason.optional(),
      limit: pageLimit,
      cursor: cursor.optional(),
    }),
    response: listOf(run),
    status: 200,
    example: {
      query: { status: 'waiting_health_check', limit: '50' },
      response: { items: [runExample], next_cursor: null, total: 1 },
    },
  }),
  get: endpoint({
    method: 'GET',
    path: '/patch-jobs/:id/hosts/:run_id',
    summary: 'One run, with its gate, packages and verification',
    access: 'viewer',
    params: runParams,
    response: runDetail,
    status: 200,
    example: { response: runDetailExample },
  }),
  attempts: endpoint({
    method: 'GET',
    path: '/patch-jobs/:id/hosts/:run_id/attempts',
    summary: 'Every attempt at the gate with its evidence, the latest first',
    access: 'viewer',
    params: runParams,
    query: z.strictObject({ limit: pageLimit, cursor: cursor.optional() }),
    response: listOf(gateAttempt),
    status: 200,
    example: { query: { limit: '50' }, response: { items: [attemptExample], next_cursor: null, total: 1 } },
  }),
  log: endpoint({
    method: 'GET',
    path: '/patch-jobs/:id/hosts/:run_id/log',
    summary: 'The log of a run after a line, the oldest first',
    access: 'viewer',
    params: runParams,
    query: z.strictObject({
      after: z.coerce.number('expected a whole number from 0').int().min(0).default(0),
      limit: z.coerce.number('expected a whole number from 1 to 5000').int().min(1).max(5_000).default(1_000),
    }),
    response: z.object({ items: z.array(logLine), total: z.int().min(0) }),
    status: 200,
    example: {
      query: { after: '0' },
      response: {
        items: [
          { seq: 1, at: '2026-03-26T01:10:12.000Z', source: 'agent', line: 'Reading package lists...' },
        ],
        total: 1,
      },
    },
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/patch-jobs/:id/hosts/:run_id/cancel',
    summary: 'Ends a run that has not started; asks the agent of one that has to stop if it still can',
    access: 'operator',
    params: runParams,
    body: nothing,
    response: run,
    status: 200,
    errors: ['run_ended'],
    example: { body: {}, response: runExample },
  }),
  checkNow: endpoint({
    method: 'POST',
    path: '/patch-jobs/:id/hosts/:run_id/check-now',
    summary: 'Makes the next attempt at the gate now',
    access: 'operator',
    params: runParams,
    body: nothing,
    response: run,
    status: 200,
    errors: tooLate,
    example: { body: {}, response: runExample },
  }),
  override: endpoint({
    method: 'POST',
    path: '/patch-jobs/:id/hosts/:run_id/override',
    summary: 'Lets a run start against its checks; refused once its window has closed',
    access: 'admin',
    params: runParams,
    body: z.strictObject({ reason: line(500, 10) }),
    response: run,
    status: 200,
    errors: [...tooLate, 'window_closed'],
    example: {
      body: { reason: 'The storefront is in maintenance until 04:00, ticket OPS-4711' },
      response: runExample,
    },
  }),
  resolve: endpoint({
    method: 'POST',
    path: '/patch-jobs/:id/hosts/:run_id/resolve',
    summary: 'Says what became of a run whose outcome nobody knows, which frees the host',
    access: 'operator',
    params: runParams,
    body: z.strictObject({ outcome: z.enum(['succeeded', 'failed']), reason: line(500, 10) }),
    response: run,
    status: 200,
    errors: ['run_not_indeterminate'],
    example: {
      body: { outcome: 'failed', reason: 'Looked at the host: dpkg was never started' },
      response: runExample,
    },
  }),
};
