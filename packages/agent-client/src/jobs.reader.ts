import { z } from 'zod';
import { anything, optionalCount, optionalText, text, tolerantList } from './hostile-text.js';

/** What a job of the public agent is; `unknown` is a word that nobody has told us, and never taken for an end. */
export type JobStatus =
  'pending' | 'running' | 'rebooting' | 'completed' | 'failed' | 'cancelled' | 'timed_out' | 'unknown';

const spellings: Readonly<Record<string, JobStatus>> = {
  pending: 'pending',
  running: 'running',
  rebooting: 'rebooting',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  timedout: 'timed_out',
};
const letters = (word: string): string => word.toLowerCase().replaceAll(/[^a-z]/g, '');

const status = z.string().transform((word): JobStatus => spellings[letters(word)] ?? 'unknown');
/** Without underscores and in lower case, because it is written as `patchapply` and as `patch_apply`. */
const operation = z.string().transform(letters);

const summary = z.object({
  job_id: text(100).refine((id) => /^[\w-]+$/.test(id)),
  operation,
  status,
  created_at: optionalText(40),
  completed_at: optionalText(40),
  error_code: optionalText(64),
});
export type JobReading = z.output<typeof summary>;

export const jobsReader = z.object({ jobs: tolerantList(summary, 1_000) });
export const jobReader = z.object({
  ...summary.shape,
  progress: optionalCount,
  message: optionalText(500),
  logs: anything
    .transform((given) => (Array.isArray(given) ? (given as unknown[]) : []))
    .pipe(tolerantList(text(2_000), 100_000)),
  error: optionalText(500),
  exit_code: anything.transform((given) => (Number.isSafeInteger(given) ? (given as number) : null)),
});
export type JobDetailReading = z.output<typeof jobReader>;

/** The answer to an order: whose job it became. */
export const jobAckReader = z.object({ job_id: summary.shape.job_id });
