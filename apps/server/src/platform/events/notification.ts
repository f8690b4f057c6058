import { z } from 'zod';

const topic = z.enum(['check', 'host', 'job', 'run', 'log', 'overview', 'enrolment', 'scope']);
const ids = z.array(z.string()).readonly();

/** What one NOTIFY carries. `hosts` decides who may hear of each id; without it the ids are hosts (or people) themselves. */
const notification = z.union([
  z.object({ topic, ids, hosts: ids.optional() }),
  z.object({ topic, refetch: z.literal(true) }),
]);
export type Notification = z.infer<typeof notification>;

/** @returns null for what a process of another version may have sent */
export function readNotification(payload: string): Notification | null {
  try {
    return notification.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    // No JSON, so none of ours.
    return null;
  }
}
