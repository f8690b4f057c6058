import type { MigrationInterface, QueryRunner } from 'typeorm';

const maintenanceWindows = `
CREATE TABLE maintenance_windows (
  id uuid CONSTRAINT maintenance_windows_pkey PRIMARY KEY,
  host_id uuid CONSTRAINT maintenance_windows_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  group_id uuid CONSTRAINT maintenance_windows_group_id_fkey REFERENCES groups ON DELETE CASCADE,
  name text NOT NULL CONSTRAINT maintenance_windows_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
  kind text NOT NULL CONSTRAINT maintenance_windows_kind_check CHECK (kind IN ('maintenance', 'blackout')),
  -- IANA; which there are is known to the program that reads it, not to this database
  time_zone text NOT NULL CONSTRAINT maintenance_windows_time_zone_check CHECK (char_length(time_zone) BETWEEN 1 AND 64),
  -- local to that zone
  starts_at timestamp(0) NOT NULL CONSTRAINT maintenance_windows_starts_at_check
    CHECK (starts_at = date_trunc('minute', starts_at) AND starts_at >= '2000-01-01' AND starts_at < '2200-01-01'),
  duration_minutes integer NOT NULL CONSTRAINT maintenance_windows_duration_minutes_check
    CHECK (duration_minutes BETWEEN 1 AND 527040),
  recurrence jsonb NOT NULL CONSTRAINT maintenance_windows_recurrence_check CHECK (
    CASE recurrence ->> 'freq'
      WHEN 'once' THEN true
      WHEN 'daily' THEN true
      WHEN 'weekly' THEN COALESCE(jsonb_typeof(recurrence -> 'days') = 'array'
        AND recurrence -> 'days' <> '[]' AND recurrence -> 'days' <@ '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', false)
      WHEN 'monthly' THEN
        CASE recurrence ->> 'on'
          WHEN 'day' THEN COALESCE((recurrence ->> 'day')::int BETWEEN 1 AND 31, false)
          WHEN 'last_day' THEN true
          WHEN 'weekday' THEN COALESCE(recurrence ->> 'nth' IN ('1', '2', '3', '4', 'last')
            AND recurrence ->> 'weekday' IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), false)
          ELSE false
        END
      ELSE false
    END),
  last_start_minutes integer NOT NULL CONSTRAINT maintenance_windows_last_start_minutes_check
    CHECK (last_start_minutes >= 0 AND last_start_minutes < duration_minutes
      AND (kind = 'maintenance' OR last_start_minutes = 0)),
  enabled boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT maintenance_windows_scope_check CHECK (num_nonnulls(host_id, group_id) = 1)
);
-- the rules of hosts, their own and their groups'; and what goes with either
CREATE INDEX maintenance_windows_host_id_idx ON maintenance_windows (host_id) WHERE host_id IS NOT NULL;
CREATE INDEX maintenance_windows_group_id_idx ON maintenance_windows (group_id) WHERE group_id IS NOT NULL;
-- the pages of the list
CREATE INDEX maintenance_windows_name_idx ON maintenance_windows (lower(name), id);
`;

export class MaintenanceWindows1790000600000 implements MigrationInterface {
  readonly name = 'MaintenanceWindows1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(maintenanceWindows);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE maintenance_windows');
  }
}
