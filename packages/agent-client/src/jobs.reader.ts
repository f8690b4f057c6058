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
  /** Names, or one text of how many; of an agent's own work one that no package has. */
  packages: anything
    .transform((given) => (Array.isArray(given) ? (given as unknown[]) : []))
    .pipe(tolerantList(text(256), 5_000)),
});
export type JobReading = z.output<typeof summary>;

/** Refreshes of its index, which an agent makes of its own accord when it is asked (agent-contract, B 1.5). */
const ownWork = /^__\w+__$/;

/**
 * Whether somebody's work on the packages of a host is under way or about to be. A status that nobody has told us counts
 * as work.
 */
export function isAtWork({ status: of, packages }: JobReading): boolean {
  if (packages.some((name) => ownWork.test(name))) return false;
  switch (of) {
    case 'pending':
    case 'running':
    case 'rebooting':
    case 'unknown':
      return true;
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return false;
  }
}

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
