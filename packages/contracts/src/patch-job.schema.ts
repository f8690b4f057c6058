import { z } from 'zod';
import { packageName } from './agent/run.schema.js';
import { healthStatus } from './host.contract.js';
import { id, instant, line, searchText } from './primitives.schema.js';
import { runReason, runStatus } from './run.schema.js';

export const jobStatus = z.enum([
  'queued',
  'running',
  'paused',
  'succeeded',
  'partially_failed',
  'failed',
  'cancelled',
]);
export type JobStatusName = z.infer<typeof jobStatus>;

/** Why a job is paused: a person's doing, or the roll-out's own. */
export const pauseReason = z.enum(['person', 'canary_failed', 'budget_spent']);

const packages = z.array(packageName).max(500);

const orderFields = {
  /** Null takes a name made of what is ordered. */
  name: line(100).nullable().default(null),
  /** More than fit into a body are named by their groups. */
  host_ids: z.array(id).max(5_000).default([]),
  group_ids: z.array(id).max(100).default([]),
  /** Of those hosts the ones that stay out, such as those of a group that would not start. */
  left_out_host_ids: z.array(id).max(5_000).default([]),
  selection: z.enum(['all', 'security', 'named']),
  /** For `named`, and only for it. */
  packages: packages.min(1).optional(),
  exclude: packages.default([]),
  schedule: z.enum(['now', 'window']),
  /** For `now`: how long hosts may wait at the gate. */
  deadline_minutes: z.int().min(1).max(1_440).default(60),
  allow_reboot: z.boolean().default(false),
  /**
   * Hosts that go first, each of which must succeed: those whose checks are healthy and whose agent answers before
   * others, then those that can start first, then by name. The rest go as they can start, in batches.
   */
  canary: z.int().min(0).max(1_000).default(0),
  /** Null is one batch of all that follow the canary. */
  batch_size: z.int().min(1).max(20_000).nullable().default(null),
  max_in_flight: z.int().min(1).max(20_000).default(10),
  /** The job pauses when more dispatched runs than this have failed. */
  max_failures: z.int().min(0).max(20_000).default(0),
};

/** Hosts named one by one and those of groups, together; none at all is refused, for nothing is never everything. */
export const jobRequest = z
  .strictObject(orderFields)
  .refine(({ host_ids, group_ids }) => host_ids.length + group_ids.length > 0, {
    path: ['host_ids'],
    error: 'expected at least one host or group',
  })
  .refine(({ selection, packages: named }) => (selection === 'named') === (named !== undefined), {
    path: ['packages'],
    error: 'expected package names with the selection "named", and only with it',
  })
  .meta({ id: 'PatchJobRequest' });
export type JobRequest = z.infer<typeof jobRequest>;

/** Whose packages are looked for, to choose from while an order is put together. */
export const pendingPackagesRequest = z
  .strictObject({
    host_ids: orderFields.host_ids,
    group_ids: orderFields.group_ids,
    /** A part of the name. */
    q: searchText.optional(),
    limit: z.int().min(1).max(200).default(50),
  })
  .meta({ id: 'PendingPackagesRequest' });
export type PendingPackagesRequest = z.infer<typeof pendingPackagesRequest>;

const pendingPackage = z.object({
  name: z.string(),
  /** On how many of the hosts it is outstanding. */
  hosts: z.int().min(1),
  /** Null where no agent of these hosts tells. */
  security: z.boolean().nullable(),
});

export const pendingPackages = z
  .object({ items: z.array(pendingPackage), total: z.int().min(0) })
  .meta({ id: 'PendingPackages' });
export type PendingPackagesView = z.infer<typeof pendingPackages>;

const person = z.object({ id: id.nullable(), name: z.string() });

export const patchJob = z
  .object({
    id,
    /** For people: counted from 1. */
    number: z.int().min(1),
    name: z.string(),
    status: jobStatus,
    created_by: person,
    created_at: instant,
    schedule: z.enum(['now', 'window']),
    deadline_at: instant.nullable(),
    selection: z.enum(['all', 'security', 'named']),
    packages: z.array(z.string()).nullable(),
    exclude: z.array(z.string()),
    groups: z.array(z.object({ id, name: z.string() })),
    allow_reboot: z.boolean(),
    canary: z.int(),
    batch_size: z.int().nullable(),
    max_in_flight: z.int(),
    max_failures: z.int(),
    paused: z
      .object({ at: instant, reason: pauseReason, by: z.string().nullable(), detail: z.string() })
      .nullable(),
    /** The job whose failed hosts this one tries again. */
    retry_of: z.object({ id, number: z.int() }).nullable(),
    /**
     * Of the hosts the caller reaches; every status is named. An outcome that nobody knew counts as what somebody has
     * said of it.
     */
    run_counts: z.record(runStatus, z.int().min(0)),
    hosts_total: z.int().min(0),
    in_flight: z.int().min(0),
    /** Dispatched runs that failed or whose outcome nobody knows, since the job was last resumed. */
    failures: z.int().min(0),
    /** The first opening and the last close among runs that have not ended. */
    window_opens_at: instant.nullable(),
    window_closes_at: instant.nullable(),
    /** Guessed from the runs that have ended; null until the canary is over and one has. */
    expected_end_at: instant.nullable(),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'PatchJob' });
export type PatchJobView = z.infer<typeof patchJob>;

/** One line of "why not yet, or not at all". */
export const reasonCount = z.object({
  reason: runReason,
  status: runStatus,
  count: z.int().min(1),
  /** One of them, as the example that is shown. */
  example: z.object({
    run_id: id,
    fqdn: z.string(),
    detail: z.string().nullable(),
    next_attempt_at: instant.nullable(),
  }),
});

/** One cell of the picture of a roll-out, in the order of the roll-out. */
export const boardCell = z.object({ run_id: id, fqdn: z.string(), batch: z.int().min(0), status: runStatus });

export const jobBoard = z
  .object({
    cells: z.array(boardCell),
    reasons: z.array(reasonCount),
    /** By batch: when it began and, for those that have not begun, when it may. */
    batches: z.array(
      z.object({ batch: z.int().min(0), started_at: instant.nullable(), expected_at: instant.nullable() }),
    ),
  })
  .meta({ id: 'PatchJobBoard' });
export type JobBoardView = z.infer<typeof jobBoard>;

export const previewOutcome = z.enum(['ready', 'would_wait', 'no_gate', 'will_not_start']);

/** What would become of one host. */
export const previewHost = z
  .object({
    host_id: id,
    fqdn: z.string(),
    outcome: previewOutcome,
    /** Why it would wait or not start. */
    reason: runReason.nullable(),
    detail: z.string().nullable(),
    /** A job that has the host now. */
    busy_in: z.object({ job_id: id, number: z.int(), run_id: id }).nullable(),
    position: z.int().min(0).nullable(),
    batch: z.int().min(0).nullable(),
    health_check_status: healthStatus,
    health_checks: z.object({ total: z.int(), healthy: z.int(), unhealthy: z.int(), unknown: z.int() }),
    window: z.object({ opens_at: instant, closes_at: instant }).nullable(),
    earliest_start_at: instant.nullable(),
    /** Of its pending patches those that the order means; null while they are not known. */
    patches: z.int().nullable(),
    requires_reboot: z.boolean().nullable(),
  })
  .meta({ id: 'PatchJobPreviewHost' });
export type PreviewHostView = z.infer<typeof previewHost>;

export const jobPreview = z
  .object({
    name: z.string(),
    hosts_total: z.int(),
    counts: z.record(previewOutcome, z.int()),
    first_start_at: instant.nullable(),
    /** What makes the whole order impossible; empty when it can be created. */
    obstacles: z.array(z.object({ path: z.string(), message: z.string() })),
    batches: z.int(),
    /** How many kinds of package, and hosts that will reboot when that is allowed. */
    package_kinds: z.int(),
    reboots: z.int(),
    items: z.array(previewHost),
  })
  .meta({ id: 'PatchJobPreview' });
export type JobPreviewView = z.infer<typeof jobPreview>;
