import type { Reply } from '../../api.fixture.js';

/** A window of the API without its host or group. */
export const nightly = {
  name: 'nightly',
  time_zone: 'Europe/Berlin',
  starts_at: '2026-03-01T02:00',
  duration_minutes: 120,
  recurrence: { freq: 'daily' },
};

/** What a refusal says of each field. */
export const issuesOf = ({ body }: Reply): Record<string, string> =>
  Object.fromEntries(
    (body.issues as { path: string; message: string }[]).map(({ path, message }) => [path, message]),
  );
