import { packageName, runPhases } from '@patchgate/contracts/agent';
import { z } from 'zod';

/** What a runner is told. */
export const runTask = z.strictObject({
  run_id: z.string(),
  packages: z.array(packageName).nullable(),
  /** Nothing starts after it: the close of the window or the end of the order's validity, whichever is first. */
  start_before: z.iso.datetime(),
  package_lock_timeout_seconds: z.int(),
});
export type RunTask = z.infer<typeof runTask>;

/** What a runner tells while it works. */
export const runProgress = z.strictObject({ phase: z.enum(runPhases), percent: z.number() });
export type RunProgress = z.infer<typeof runProgress>;
