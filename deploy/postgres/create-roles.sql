-- The two roles of Patchgate and their database, for a PostgreSQL that has neither: names and passwords are those of the
-- URLs that the processes are given. The owner migrates; the app may connect, and what it may do with tables the
-- migrations say. Run as a superuser who is connected to the database.
DO $$
DECLARE
  form constant text := '^\s*postgres(?:ql)?://([a-z_][a-z0-9_]*):([A-Za-z0-9._~-]+)@';
  app text[] := regexp_match(pg_read_file('/run/secrets/database_url'), form);
  owner text[] := regexp_match(pg_read_file('/run/secrets/migration_database_url'), form);
BEGIN
  IF app IS NULL OR owner IS NULL THEN
    -- A password that is written with escapes would be another one here.
    RAISE EXCEPTION 'both URLs need a user and a password of letters, digits and . _ ~ - alone';
  END IF;
  IF app[1] = owner[1] THEN
    RAISE EXCEPTION 'the app must have another role than the owner of the tables';
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', owner[1], owner[2]);
  EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', app[1], app[2]);
  EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), owner[1]);
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), app[1]);
END
$$;
