import type { QueryClient } from '@tanstack/react-query';

type Topic =
  | 'runs'
  | 'hosts'
  | 'groups'
  | 'users'
  | 'windows'
  | 'jobs'
  | 'deploy'
  | 'overview'
  | 'audit'
  | 'sessions'
  | 'api-tokens'
  | 'session'
  | 'enrolments'
  | 'enrolment-tokens'
  | 'agent-certificates';

/** Asks anew for all that a change touched. The audit log is touched by every change. */
export async function refresh(queryClient: QueryClient, ...topics: Topic[]): Promise<void> {
  await Promise.all(
    [...topics, 'audit' as const].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
  );
}
