import type { AuditEntry } from '../../platform/database/audit-chain.js';
import type { StoredCheck } from './health-check.row.js';
import { originOf, targetOf } from './target-of.js';

/**
 * What the trail says of a check. Of a URL its origin alone: paths and queries can hold secrets of other systems, and
 * nobody can delete from the trail.
 */
export function auditOf(
  verb: 'create' | 'update' | 'delete' | 'test',
  check: Omit<StoredCheck, 'revision'>,
  details: Record<string, unknown> = {},
): AuditEntry {
  const { id, host_id, name, check_type, enabled } = check;
  return {
    action: `health_check.${verb}`,
    objectType: 'health_check',
    objectId: id,
    details: { host_id, name, check_type, enabled, target: targetText(check), ...details },
  };
}

function targetText(check: Omit<StoredCheck, 'revision'>): string | null {
  const target = targetOf(check);
  return originOf(check) ?? (target ? `${target.host}:${target.port}` : check.service_name);
}
