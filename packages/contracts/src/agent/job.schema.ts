import { z } from 'zod';

/** The answer 202 to everything that takes its time. */
export const jobAck = z.object({
  job_id: z.string(),
  status: z.string(),
  operation: z.string(),
  packages: z.array(z.string()).nullish(),
  package: z.string().nullish(),
});
export type JobAck = z.infer<typeof jobAck>;

/** Agents spell statuses in several ways; whoever reads one asks for the words, not for these letters. */
export const jobSummary = z.object({
  job_id: z.string(),
  operation: z.string(),
  status: z.string(),
  created_at: z.string(),
  completed_at: z.string().nullable(),
  packages: z.array(z.string()),
  error_code: z.string().optional(),
});
export type JobSummary = z.infer<typeof jobSummary>;

export const jobList = z.object({ jobs: z.array(jobSummary), total: z.int().min(0) });

/** `GET /api/v1/jobs/{id}`. */
export const jobDetail = z.object({
  ...jobSummary.shape,
  progress: z.int().min(0).max(100),
  message: z.string(),
  logs: z.array(z.string()),
  error: z.string().nullish(),
  exit_code: z.int().optional(),
  command_stdout: z.string().optional(),
  command_stderr: z.string().optional(),
  rollback_job_id: z.string().nullish(),
  exclusive_mode: z.boolean(),
});
export type JobDetail = z.infer<typeof jobDetail>;
