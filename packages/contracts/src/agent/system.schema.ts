import { z } from 'zod';

/** `GET /api/v1/system/info`. */
export const systemInfo = z.object({
  hostname: z.string(),
  os: z.string(),
  os_version: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  last_update_check: z.string().nullable(),
  last_update_apply: z.string().nullable(),
  pending_reboot: z.boolean(),
  /** Whether no package is half installed. Newer agents only. */
  package_db_clean: z.boolean().optional(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

/** `GET /api/v1/system/services/{name}`; `healthy` is authoritative. */
export const serviceStatus = z.object({
  name: z.string(),
  display_name: z.string(),
  active_state: z.string(),
  sub_state: z.string(),
  load_state: z.string(),
  enabled_state: z.string(),
  main_pid: z.int().min(1).nullable(),
  healthy: z.boolean(),
});
export type ServiceStatus = z.infer<typeof serviceStatus>;

/** `POST /api/v1/system/reboot`: every field may be absent. */
export const rebootRequest = z.object({
  delay_seconds: z.int().min(0).max(86_400).default(0),
  force: z.boolean().default(false),
  acknowledge_package_database_corruption_risk: z.boolean().default(false),
});
export type RebootRequest = z.input<typeof rebootRequest>;

export const rebootAck = z.object({
  job_id: z.string(),
  status: z.string(),
  operation: z.string(),
  scheduled_at: z.string(),
  delay_seconds: z.int().min(0),
  force: z.boolean(),
});
export type RebootAck = z.infer<typeof rebootAck>;
