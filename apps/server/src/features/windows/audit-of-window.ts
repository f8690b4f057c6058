import type { AuditEntry } from '../../platform/database/audit-chain.js';
import type { StoredWindow } from './window.repository.js';

const fields = [
  'name',
  'host_id',
  'group_id',
  'kind',
  'time_zone',
  'starts_at',
  'duration_minutes',
  'recurrence',
  'last_start_minutes',
  'enabled',
] as const satisfies (keyof StoredWindow)[];

/** What the trail says of a window: all of it, and of a change also what was there before. */
export function auditOfWindow(
  verb: 'create' | 'update' | 'delete',
  window: StoredWindow,
  before?: StoredWindow,
): AuditEntry {
  const details = Object.fromEntries(fields.map((field) => [field, window[field]]));
  const was =
    before &&
    Object.fromEntries(
      fields
        .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(window[field]))
        .map((field) => [field, before[field]]),
    );
  return {
    action: `window.${verb}`,
    objectType: 'maintenance_window',
    objectId: window.id,
    details: { ...details, ...(was && { was }) },
  };
}
