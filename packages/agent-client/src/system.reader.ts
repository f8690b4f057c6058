import { z } from 'zod';
import { anything, optionalFlag, optionalText, text } from './hostile-text.js';

export const systemInfoReader = z.object({
  hostname: optionalText(253),
  os: optionalText(100),
  os_version: optionalText(100),
  kernel: optionalText(100),
  architecture: optionalText(50),
  /** Null where the agent does not say: never taken for "no". */
  pending_reboot: optionalFlag,
  package_db_clean: optionalFlag,
});
export type SystemInfoReading = z.output<typeof systemInfoReader>;

/** `healthy` is authoritative and must be there; the rest is for people. */
export const serviceReader = z.object({
  name: text(256),
  active_state: optionalText(32),
  sub_state: optionalText(32),
  load_state: optionalText(32),
  healthy: z.boolean(),
});
export type ServiceReading = z.output<typeof serviceReader>;

export const rebootReader = z.object({ job_id: optionalText(100), scheduled_at: optionalText(40) });
export const csrReader = z.object({ csr: z.string().max(16_384) });
export const nothingReader = anything;
