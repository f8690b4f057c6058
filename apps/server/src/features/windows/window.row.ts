import type { RecurrenceView } from '@patchgate/contracts';
import type { WindowKind, WindowRule } from '@patchgate/domain';
import sql from 'sql-template-tag';

/** What of a window says when it is. */
export interface RuleRow {
  id: string;
  kind: WindowKind;
  time_zone: string;
  starts_at: string;
  duration_minutes: number;
  recurrence: RecurrenceView;
  last_start_minutes: number;
  enabled: boolean;
}

export interface WindowRow extends RuleRow {
  name: string;
  host_id: string | null;
  group_id: string | null;
  scope_name: string;
  hosts: number;
  created_at: Date;
  updated_at: Date;
}

/** The start as text: it is local to a zone, and the driver would take it for a time of this machine. */
export const ruleColumns = sql`w.id, w.kind, w.time_zone, to_char(w.starts_at, 'YYYY-MM-DD"T"HH24:MI') AS starts_at,
  w.duration_minutes, w.recurrence, w.last_start_minutes, w.enabled`;

export const ruleOf = (row: RuleRow): WindowRule => ({
  id: row.id,
  kind: row.kind,
  timeZone: row.time_zone,
  startsAt: row.starts_at,
  durationMinutes: row.duration_minutes,
  recurrence: row.recurrence,
  lastStartMinutes: row.last_start_minutes,
  enabled: row.enabled,
});
