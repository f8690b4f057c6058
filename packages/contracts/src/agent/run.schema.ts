import { z } from 'zod';
import { id, instant } from '../primitives.schema.js';

/** What a package may be called (Debian policy 5.6.1, and what other package systems allow of it). */
export const packageName = z
  .string()
  .max(256)
  .regex(/^[a-z0-9][a-z0-9.+-]+$/);

/** The part of an order that its hash covers: the same order has the same hash however often it is sent. */
export const runPayload = z.strictObject({
  /** Null is everything that can be upgraded; an empty list is refused. */
  packages: z.array(packageName).min(1).max(5_000).nullable(),
  allow_reboot: z.boolean(),
  reboot_delay_seconds: z.int().min(0).max(86_400),
});
export type RunPayload = z.infer<typeof runPayload>;

/** `PUT /api/v1/runs/{run_id}`, for agents with the capability `idempotent-runs`. */
export const runOrder = z.strictObject({
  /** Who sends this owns the run under this number; a lower one than the last is refused. */
  fence: z.int().min(0),
  /** The journal that this order is meant for: one that was begun since may not know that the run was done already. */
  agent_epoch: z.string().min(1).max(64).optional(),
  /** Lower-case hex of the SHA-256 of `runPayloadText`. */
  payload_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  ...runPayload.shape,
  reboot_not_after: instant.nullable(),
  /** The close of the window: nothing starts after it. */
  not_after: instant,
  /** Counted from receipt on the agent's own clock. */
  valid_for_ms: z.int().min(1).max(86_400_000),
});
export type RunOrder = z.infer<typeof runOrder>;

/**
 * `POST /api/v1/runs/{run_id}/cancel`. A run that was never ordered is cancelled too, so that an order that is still on
 * its way finds the answer. `POST /api/v1/runs/{run_id}/acknowledge` takes `{}`: the agent may forget the log.
 */
export const runCancel = z.strictObject({
  /** As in the order; a lower one than the last is refused. */
  fence: z.int().min(0).optional(),
});
export type RunCancel = z.infer<typeof runCancel>;

export const runStates = ['accepted', 'running', 'rebooting', 'succeeded', 'failed', 'cancelled'] as const;
export const runPhases = ['waiting', 'refreshing', 'upgrading', 'checking', 'rebooting', 'ended'] as const;

/** `GET /api/v1/runs/{run_id}?after=N`, and the answer to an order that was taken. */
export const runReport = z.object({
  run_id: id,
  state: z.enum(runStates),
  phase: z.enum(runPhases),
  progress: z.int().min(0).max(100),
  /** Log lines above `after`, oldest first; there may be more. */
  log: z.array(z.object({ seq: z.int().min(1), at: instant, line: z.string().max(2_000) })).max(1_000),
  log_total: z.int().min(0),
  exit_code: z.int().nullable(),
  /** One sentence on what failed. */
  error: z.string().nullable(),
  reboot_needed: z.boolean().nullable(),
  boot_id_before: z.string().nullable(),
  boot_id_after: z.string().nullable(),
  agent_epoch: z.string(),
  accepted_at: instant,
  started_at: instant.nullable(),
  ended_at: instant.nullable(),
});
export type RunReport = z.infer<typeof runReport>;
export type RunState = RunReport['state'];

/**
 * The text that `payload_sha256` is the hash of: JSON with these keys in this order, without spaces (RFC 8259).
 *
 * @param payload packages in the order they are sent, the delay in seconds
 */
export function runPayloadText({ packages, allow_reboot, reboot_delay_seconds }: RunPayload): string {
  return JSON.stringify({ packages, allow_reboot, reboot_delay_seconds });
}
