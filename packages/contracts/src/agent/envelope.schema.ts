import { z } from 'zod';

/** What went wrong, in the words of an agent. */
export const agentError = z.object({
  code: z.string(),
  message: z.string(),
  details: z.unknown(),
  /** Whether the same request may succeed later. */
  retryable: z.boolean(),
});
export type AgentError = z.infer<typeof agentError>;

/**
 * The shape of every answer of an agent's handlers: `data` on success, else `error`; the other one is null.
 *
 * @param data schema of the payload
 */
export const agentEnvelope = <T extends z.ZodType>(data: T) =>
  z.discriminatedUnion('success', [
    z.object({
      success: z.literal(true),
      request_id: z.string(),
      timestamp: z.string(),
      data,
      error: z.null(),
    }),
    z.object({
      success: z.literal(false),
      request_id: z.string(),
      timestamp: z.string(),
      data: z.null(),
      error: agentError,
    }),
  ]);
