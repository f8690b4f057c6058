import { z } from 'zod';
import { errorCodes } from './error-codes.js';

/** One field that was refused: where, and what is expected there. */
export const issue = z.object({ path: z.string(), message: z.string() });
export type Issue = z.infer<typeof issue>;

/** The body of every answer that is not a success. */
export const problem = z
  .object({
    code: z.enum(errorCodes),
    message: z.string(),
    issues: z.array(issue).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
