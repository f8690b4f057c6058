import { runOrder } from '@patchgate/contracts/agent';
import { z } from 'zod';

/** How a package transaction ended; also what its runner leaves in `result.json`. */
export const transactionResult = z.strictObject({
  /** Null when the package system was never started. */
  exit_code: z.int().nullable(),
  error: z.string().nullable(),
  reboot_needed: z.boolean().nullable(),
  ended_at: z.iso.datetime(),
});
export type TransactionResult = z.infer<typeof transactionResult>;

const at = z.iso.datetime();
const run_id = z.string();

export const journalRecord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('epoch'), epoch: z.string(), at }),
  z.strictObject({
    kind: z.literal('accepted'),
    run_id,
    at,
    order: runOrder,
    boot_id: z.string(),
    /** Seconds since the host started: unlike the wall clock nobody sets it. */
    uptime_seconds: z.int(),
  }),
  z.strictObject({ kind: z.literal('fence'), run_id, at, fence: z.int() }),
  z.strictObject({ kind: z.literal('cancelled'), run_id, at }),
  z.strictObject({ kind: z.literal('launched'), run_id, at }),
  z.strictObject({
    kind: z.literal('rebooting'),
    run_id,
    at,
    result: transactionResult,
    due_at: at,
    boot_id: z.string(),
  }),
  z.strictObject({
    kind: z.literal('ended'),
    run_id,
    at,
    result: transactionResult,
    boot_id: z.string(),
  }),
  z.strictObject({ kind: z.literal('acknowledged'), run_id, at }),
]);
export type JournalRecord = z.infer<typeof journalRecord>;
