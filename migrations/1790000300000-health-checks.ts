import type { MigrationInterface, QueryRunner } from 'typeorm';

const checks = `
CREATE TABLE host_health_checks (
  id uuid CONSTRAINT host_health_checks_pkey PRIMARY KEY,
  host_id uuid NOT NULL CONSTRAINT host_health_checks_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  -- five slots are five checks, also when requests race
  slot smallint NOT NULL CONSTRAINT host_health_checks_slot_check CHECK (slot BETWEEN 1 AND 5),
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL CONSTRAINT host_health_checks_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
  check_type text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  service_name text CONSTRAINT host_health_checks_service_name_check CHECK (char_length(service_name) BETWEEN 1 AND 200),
  url text,
  expected_body text CONSTRAINT host_health_checks_expected_body_check CHECK (char_length(expected_body) BETWEEN 1 AND 500),
  ignore_cert_errors boolean NOT NULL,
  basic_auth_user text CONSTRAINT host_health_checks_basic_auth_user_check CHECK (char_length(basic_auth_user) BETWEEN 1 AND 100),
  basic_auth_pass_encrypted bytea,
  basic_auth_pass_nonce bytea,
  secret_key_id text,
  target_host text,
  target_port integer CONSTRAINT host_health_checks_target_port_check CHECK (target_port BETWEEN 1 AND 65535),
  use_tls boolean,
  use_client_cert boolean,
  script_path text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT host_health_checks_host_id_slot_key UNIQUE (host_id, slot),
  CONSTRAINT host_health_checks_secret_check CHECK (
    num_nulls(basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id) IN (0, 3)
    AND (basic_auth_pass_encrypted IS NULL OR basic_auth_user IS NOT NULL)),
  CONSTRAINT host_health_checks_type_check CHECK (CASE check_type
    WHEN 'service' THEN service_name IS NOT NULL AND num_nonnulls(url, expected_body, basic_auth_user, target_host,
      target_port, use_tls, use_client_cert, script_path) = 0
    WHEN 'http' THEN num_nulls(url, expected_body) = 0 AND num_nonnulls(service_name, target_host, target_port, use_tls,
      use_client_cert, script_path) = 0
    WHEN 'tcp' THEN num_nulls(target_host, target_port, use_tls, use_client_cert) = 0
      AND num_nonnulls(service_name, url, expected_body, basic_auth_user, script_path) = 0
    WHEN 'fastcgi' THEN num_nulls(target_host, target_port, script_path, expected_body) = 0
      AND num_nonnulls(service_name, url, basic_auth_user, use_tls, use_client_cert) = 0
    ELSE false END)
);

-- Written with each result: the room it leaves keeps that HOT, and nothing that moves is indexed.
CREATE TABLE health_check_state (
  check_id uuid CONSTRAINT health_check_state_pkey PRIMARY KEY
    CONSTRAINT health_check_state_check_id_fkey REFERENCES host_health_checks ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'unknown' CONSTRAINT health_check_state_status_check
    CHECK (status IN ('healthy', 'unhealthy', 'unknown')),
  since timestamptz(3) NOT NULL,
  -- of the check that was measured: a result of an older one says nothing of this one
  revision integer NOT NULL,
  last_result_at timestamptz(3),
  last_latency_ms integer,
  last_reason text,
  last_detail text,
  consecutive_failures integer NOT NULL DEFAULT 0,
  -- results in a row with this status; below two after a change it is measured again soon
  consecutive_results integer NOT NULL DEFAULT 0
) WITH (fillfactor = 60);
`;

const history = `
-- No foreign key: rows of a deleted check are unreachable and go with their partition.
CREATE TABLE host_health_check_results (
  check_id uuid NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  healthy boolean NOT NULL,
  suspect boolean NOT NULL,
  reason text NOT NULL,
  detail text,
  latency_ms integer NOT NULL,
  CONSTRAINT host_health_check_results_pkey PRIMARY KEY (check_id, checked_at)
) PARTITION BY RANGE (checked_at);

CREATE TABLE health_check_flips (
  check_id uuid NOT NULL CONSTRAINT health_check_flips_check_id_fkey REFERENCES host_health_checks ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  detail text,
  CONSTRAINT health_check_flips_pkey PRIMARY KEY (check_id, at)
);
-- what is older than its time goes
CREATE INDEX health_check_flips_at_idx ON health_check_flips (at);

CREATE FUNCTION result_partition_name(hour timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'host_health_check_results_' || to_char(hour AT TIME ZONE 'UTC', 'YYYYMMDDHH24')
$$;

-- Makes the hourly partitions from one hour to another, both included. The owner's rights, for the app role has none to
-- create: the name is made of the hour alone. Attaching takes a weak lock and is given up rather than waited for long.
CREATE FUNCTION add_result_partitions(first_hour timestamptz, last_hour timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  hour timestamptz;
  made integer := 0;
BEGIN
  IF last_hour - first_hour > interval '30 days' THEN
    RAISE EXCEPTION 'more partitions than anybody needs: % to %', first_hour, last_hour;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('patchgate result partitions'));
  FOR hour IN SELECT generate_series(date_trunc('hour', first_hour, 'UTC'), date_trunc('hour', last_hour, 'UTC'), '1 hour') LOOP
    CONTINUE WHEN to_regclass(result_partition_name(hour)) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE host_health_check_results INCLUDING ALL)', result_partition_name(hour));
    EXECUTE format('ALTER TABLE host_health_check_results ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      result_partition_name(hour), hour, hour + interval '1 hour');
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;
REVOKE EXECUTE ON FUNCTION add_result_partitions FROM PUBLIC;

-- Drops every partition that is wholly older; what is in it is gone in one step, whatever its size.
CREATE FUNCTION drop_result_partitions(older_than timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('patchgate result partitions'));
  FOR partition IN
    SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = 'host_health_check_results'::regclass
      AND child.relname < result_partition_name(date_trunc('hour', older_than, 'UTC'))
    ORDER BY child.relname
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_result_partitions FROM PUBLIC;

-- The end of the last partition there is: what comes after it cannot be stored.
CREATE FUNCTION result_partitions_end() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT max(to_timestamp(right(child.relname, 10), 'YYYYMMDDHH24')) + interval '1 hour'
  FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
  WHERE inhparent = 'host_health_check_results'::regclass
$$;
REVOKE EXECUTE ON FUNCTION result_partitions_end FROM PUBLIC;
`;

export class HealthChecks1790000300000 implements MigrationInterface {
  readonly name = 'HealthChecks1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [checks, history]) await runner.query(part);
  }

  // Checks and their history would be lost; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('the health checks cannot be undone'));
  }
}
