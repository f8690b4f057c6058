import { runPhases, runStates } from '@patchgate/contracts/agent';
import { z } from 'zod';
import { optionalCount, optionalFlag, optionalText, text, tolerantList } from './hostile-text.js';

const line = z.object({ seq: z.int().min(1), at: optionalText(40), line: text(2_000) });

/** Strict where a decision hangs on it: a state nobody knows is no state. */
export const runReader = z.object({
  run_id: z.string(),
  state: z.enum(runStates),
  phase: z.enum(runPhases).catch('waiting'),
  progress: optionalCount.transform((percent) => Math.min(percent ?? 0, 100)),
  log: tolerantList(line, 1_000),
  log_total: optionalCount,
  exit_code: z.int().nullish().catch(null),
  error: optionalText(500),
  reboot_needed: optionalFlag,
  boot_id_before: optionalText(64),
  boot_id_after: optionalText(64),
  agent_epoch: text(64),
});
export type RunReading = z.output<typeof runReader>;
