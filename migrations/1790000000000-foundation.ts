import type { MigrationInterface, QueryRunner } from 'typeorm';

const people = `
CREATE TABLE users (
  id uuid CONSTRAINT users_pkey PRIMARY KEY,
  username text NOT NULL CONSTRAINT users_username_key UNIQUE,
  display_name text NOT NULL,
  role text NOT NULL CONSTRAINT users_role_check CHECK (role IN ('admin', 'operator', 'viewer')),
  password_hash text NOT NULL,
  disabled_at timestamptz(3),
  last_login_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE TABLE sessions (
  id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES users ON DELETE CASCADE,
  token_hash bytea NOT NULL CONSTRAINT sessions_token_hash_key UNIQUE,
  source_address text NOT NULL,
  user_agent text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
-- "my sessions", and ending all of a person's sessions
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE api_tokens (
  id uuid CONSTRAINT api_tokens_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT api_tokens_user_id_fkey REFERENCES users ON DELETE CASCADE,
  name text NOT NULL,
  prefix text NOT NULL,
  token_hash bytea NOT NULL CONSTRAINT api_tokens_token_hash_key UNIQUE,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
-- "my tokens"
CREATE INDEX api_tokens_user_id_idx ON api_tokens (user_id);

CREATE TABLE setup_tokens (
  token_hash bytea CONSTRAINT setup_tokens_pkey PRIMARY KEY,
  created_at timestamptz(3) NOT NULL
);

CREATE TABLE rate_limits (
  key text CONSTRAINT rate_limits_pkey PRIMARY KEY,
  window_started_at timestamptz(3) NOT NULL,
  used integer NOT NULL
);
`;

const fleet = `
CREATE TABLE groups (
  id uuid CONSTRAINT groups_pkey PRIMARY KEY,
  name text NOT NULL,
  description text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
-- one name has one spelling; also the order of the list
CREATE UNIQUE INDEX groups_name_key ON groups (lower(name));

CREATE TABLE group_users (
  group_id uuid NOT NULL CONSTRAINT group_users_group_id_fkey REFERENCES groups ON DELETE CASCADE,
  user_id uuid NOT NULL CONSTRAINT group_users_user_id_fkey REFERENCES users ON DELETE CASCADE,
  CONSTRAINT group_users_pkey PRIMARY KEY (user_id, group_id)
);
-- the people of a group
CREATE INDEX group_users_group_id_idx ON group_users (group_id);

CREATE TABLE hosts (
  id uuid CONSTRAINT hosts_pkey PRIMARY KEY,
  fqdn text NOT NULL CONSTRAINT hosts_fqdn_key UNIQUE,
  address inet NOT NULL,
  agent_port integer NOT NULL CONSTRAINT hosts_agent_port_check CHECK (agent_port BETWEEN 1 AND 65535),
  os text,
  os_version text,
  kernel text,
  architecture text,
  agent_version text,
  capabilities text[] NOT NULL DEFAULT '{}',
  agent_status text NOT NULL DEFAULT 'not_enrolled' CONSTRAINT hosts_agent_status_check
    CHECK (agent_status IN ('not_enrolled', 'connected', 'unreachable', 'refused')),
  last_seen_at timestamptz(3),
  boot_id text,
  pending_reboot boolean,
  patches_total integer,
  patches_security integer,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  -- the target of host_health's copy of the name
  CONSTRAINT hosts_id_fqdn_key UNIQUE (id, fqdn),
  -- one agent, one host; also the order by address
  CONSTRAINT hosts_address_agent_port_key UNIQUE (address, agent_port)
);
-- the order by outstanding security patches, hosts without an inventory last
CREATE INDEX hosts_patches_security_idx ON hosts (COALESCE(patches_security, -1), id);

CREATE TABLE group_hosts (
  group_id uuid NOT NULL CONSTRAINT group_hosts_group_id_fkey REFERENCES groups ON DELETE CASCADE,
  host_id uuid NOT NULL CONSTRAINT group_hosts_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  CONSTRAINT group_hosts_pkey PRIMARY KEY (host_id, group_id)
);
-- the hosts of a group
CREATE INDEX group_hosts_group_id_idx ON group_hosts (group_id, host_id);

-- A poll updates its row here and nothing else of the host; the room it leaves keeps such updates HOT.
CREATE TABLE host_health (
  host_id uuid CONSTRAINT host_health_pkey PRIMARY KEY,
  fqdn text NOT NULL,
  phase integer NOT NULL,
  next_poll_at timestamptz(3),
  lease_until timestamptz(3),
  fence bigint NOT NULL DEFAULT 0,
  health_check_status text NOT NULL DEFAULT 'none' CONSTRAINT host_health_status_check
    CHECK (health_check_status IN ('healthy', 'unhealthy', 'unknown', 'none')),
  since timestamptz(3),
  fresh_until timestamptz(3),
  checks_total smallint NOT NULL DEFAULT 0,
  checks_healthy smallint NOT NULL DEFAULT 0,
  checks_unhealthy smallint NOT NULL DEFAULT 0,
  checks_unknown smallint NOT NULL DEFAULT 0,
  severity smallint NOT NULL GENERATED ALWAYS AS (
    CASE health_check_status WHEN 'unhealthy' THEN 0 WHEN 'unknown' THEN 1 WHEN 'none' THEN 2 ELSE 3 END
  ) STORED,
  CONSTRAINT host_health_host_fkey FOREIGN KEY (host_id, fqdn)
    REFERENCES hosts (id, fqdn) ON UPDATE CASCADE ON DELETE CASCADE
) WITH (fillfactor = 70);
-- claims scan by phase, which never changes
CREATE INDEX host_health_phase_idx ON host_health (phase);
-- the list of hosts, worst first; changes only when a status flips
CREATE INDEX host_health_severity_idx ON host_health (severity, fqdn, host_id);
`;

const trail = `
CREATE TABLE audit_log (
  seq bigint CONSTRAINT audit_log_pkey PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  source_address text,
  action text NOT NULL,
  object_type text NOT NULL,
  object_id uuid,
  outcome text NOT NULL CONSTRAINT audit_log_outcome_check CHECK (outcome IN ('success', 'denied', 'failed')),
  details jsonb NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL
);
-- the trail of one object
CREATE INDEX audit_log_object_idx ON audit_log (object_id, seq);
-- what one person did
CREATE INDEX audit_log_actor_idx ON audit_log (actor_id, seq);

CREATE TABLE audit_head (
  only_row boolean CONSTRAINT audit_head_pkey PRIMARY KEY DEFAULT true CONSTRAINT audit_head_one_check CHECK (only_row),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit_row_hash(entry audit_log) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(entry.prev_hash || convert_to(jsonb_build_array(
    entry.seq, (extract(epoch FROM entry.at) * 1000)::bigint, entry.actor_id, entry.actor_name, entry.source_address,
    entry.action, entry.object_type, entry.object_id, entry.outcome, entry.details)::text, 'UTF8'))
$$;

-- The only way into audit_log: whoever writes cannot choose a place in the chain. The head row is the lock.
CREATE FUNCTION audit_append(at timestamptz, actor_id uuid, actor_name text, source_address text, action text,
  object_type text, object_id uuid, outcome text, details jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  entry audit_log;
BEGIN
  SELECT head.seq + 1, head.hash INTO entry.seq, entry.prev_hash FROM audit_head head FOR UPDATE;
  entry.at := audit_append.at::timestamptz(3);
  entry.actor_id := audit_append.actor_id;
  entry.actor_name := audit_append.actor_name;
  entry.source_address := audit_append.source_address;
  entry.action := audit_append.action;
  entry.object_type := audit_append.object_type;
  entry.object_id := audit_append.object_id;
  entry.outcome := audit_append.outcome;
  entry.details := audit_append.details;
  entry.hash := audit_row_hash(entry);
  INSERT INTO audit_log VALUES (entry.*);
  UPDATE audit_head SET seq = entry.seq, hash = entry.hash;
END
$$;
REVOKE EXECUTE ON FUNCTION audit_append FROM PUBLIC;
`;

const service = `
CREATE TABLE settings (
  key text CONSTRAINT settings_pkey PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
-- Binds what is sealed to this installation.
INSERT INTO settings (key, value, updated_at) VALUES ('install_id', to_jsonb(gen_random_uuid()), now());

CREATE TABLE workers (
  id uuid CONSTRAINT workers_pkey PRIMARY KEY,
  started_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3) NOT NULL
);
`;

export class Foundation1790000000000 implements MigrationInterface {
  readonly name = 'Foundation1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [people, fleet, trail, service]) await runner.query(part);
  }

  // Going back would lose people and the audit trail; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('the foundation cannot be undone'));
  }
}
