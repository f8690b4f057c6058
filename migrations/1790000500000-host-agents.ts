import type { MigrationInterface, QueryRunner } from 'typeorm';

const hostAgents = `
-- What polling an agent writes each time, apart from the facts of its host, which it changes only when they are others.
CREATE TABLE host_agents (
  host_id uuid CONSTRAINT host_agents_pkey PRIMARY KEY
    CONSTRAINT host_agents_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  -- as in host_health: one cycle asks a host's agent for everything over one connection
  phase integer NOT NULL CONSTRAINT host_agents_phase_check CHECK (phase BETWEEN 0 AND 999999),
  -- null until an agent is expected
  next_poll_at timestamptz(3),
  -- since it was enrolled last; it comes within minutes, and somebody waits to see it
  expected_at timestamptz(3),
  lease_until timestamptz(3),
  fence bigint NOT NULL DEFAULT 0,
  -- somebody waits for a poll that begins after this fence; null when nobody does
  refresh_fence bigint,
  refresh_requested_at timestamptz(3),
  last_seen_at timestamptz(3),
  last_failure text CONSTRAINT host_agents_last_failure_check
    CHECK (last_failure IN ('unreachable', 'refused_us', 'lost', 'refused', 'failed', 'bad_answer')),
  last_failure_detail text,
  agent_epoch text,
  uptime_seconds bigint,
  certificate_valid_from timestamptz(3),
  certificate_valid_to timestamptz(3),
  certificate_fingerprint text,
  -- null unless a renewal has failed
  next_renewal_at timestamptz(3),
  next_inventory_at timestamptz(3),
  inventory_at timestamptz(3),
  inventory_failure text
) WITH (fillfactor = 60);
-- the claims; a phase never changes, so a poll stays a HOT update
CREATE INDEX host_agents_phase_idx ON host_agents (phase);
-- those that somebody waits for
CREATE INDEX host_agents_awaited_idx ON host_agents (host_id) WHERE refresh_fence IS NOT NULL;

INSERT INTO host_agents (host_id, phase, last_seen_at)
SELECT h.id, hh.phase, h.last_seen_at FROM hosts h JOIN host_health hh ON hh.host_id = h.id
WHERE h.last_seen_at IS NOT NULL;
ALTER TABLE hosts DROP COLUMN last_seen_at;
`;

const patches = `
CREATE TABLE host_patches (
  host_id uuid NOT NULL CONSTRAINT host_patches_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  name text NOT NULL CONSTRAINT host_patches_name_check CHECK (char_length(name) BETWEEN 1 AND 256),
  current_version text CONSTRAINT host_patches_current_version_check CHECK (char_length(current_version) <= 128),
  available_version text CONSTRAINT host_patches_available_version_check CHECK (char_length(available_version) <= 128),
  severity text CONSTRAINT host_patches_severity_check CHECK (char_length(severity) <= 20),
  -- null where the agent does not tell: what it calls severe is guessed from the name
  security boolean,
  requires_reboot boolean,
  CONSTRAINT host_patches_pkey PRIMARY KEY (host_id, name)
);
`;

export class HostAgents1790000500000 implements MigrationInterface {
  readonly name = 'HostAgents1790000500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [hostAgents, patches]) await runner.query(part);
  }

  // Which agents are expected would be forgotten; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('the agents of hosts cannot be undone'));
  }
}
