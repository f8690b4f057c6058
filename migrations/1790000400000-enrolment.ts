import type { MigrationInterface, QueryRunner } from 'typeorm';

const certificates = `
-- What its agent called the machine when it enrolled: two hosts with one are copies of one disk.
ALTER TABLE hosts ADD COLUMN machine_id text CONSTRAINT hosts_machine_id_check CHECK (machine_id ~ '^[0-9a-f]{32}$');
-- whether a machine is there already
CREATE INDEX hosts_machine_id_idx ON hosts (machine_id) WHERE machine_id IS NOT NULL;

CREATE TABLE agent_certificates (
  id uuid CONSTRAINT agent_certificates_pkey PRIMARY KEY,
  kind text NOT NULL CONSTRAINT agent_certificates_kind_check CHECK (kind IN ('manager', 'agent')),
  -- No foreign key: what a deleted host could still show stays revoked until it expires.
  host_id uuid,
  -- No foreign key: an authority whose key is lost goes, and what it signed ends by itself.
  authority_id uuid NOT NULL,
  serial text NOT NULL CONSTRAINT agent_certificates_serial_key UNIQUE
    CONSTRAINT agent_certificates_serial_check CHECK (serial ~ '^[0-9a-f]{32}$'),
  fingerprint text NOT NULL CONSTRAINT agent_certificates_fingerprint_key UNIQUE
    CONSTRAINT agent_certificates_fingerprint_check CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  certificate text NOT NULL,
  not_before timestamptz(3) NOT NULL,
  not_after timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  -- No foreign key: with its successor deleted it would look current again.
  superseded_by uuid,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT agent_certificates_host_check CHECK ((kind = 'agent') = (host_id IS NOT NULL))
);
-- the certificates of a host
CREATE INDEX agent_certificates_host_id_idx ON agent_certificates (host_id) WHERE host_id IS NOT NULL;
-- the revocation list
CREATE INDEX agent_certificates_revoked_idx ON agent_certificates (authority_id, not_after) WHERE revoked_at IS NOT NULL;
-- what is in use, the next to end first
CREATE INDEX agent_certificates_current_idx ON agent_certificates (not_after, id)
  WHERE revoked_at IS NULL AND superseded_by IS NULL;

CREATE TABLE manager_keys (
  certificate_id uuid CONSTRAINT manager_keys_pkey PRIMARY KEY
    CONSTRAINT manager_keys_certificate_id_fkey REFERENCES agent_certificates ON DELETE CASCADE,
  private_key_encrypted bytea NOT NULL,
  private_key_nonce bytea NOT NULL CONSTRAINT manager_keys_nonce_check CHECK (octet_length(private_key_nonce) = 12),
  secret_key_id text NOT NULL
);

CREATE TABLE revocation_lists (
  authority_id uuid CONSTRAINT revocation_lists_pkey PRIMARY KEY,
  -- grows with each list (RFC 5280, 5.2.3)
  number bigint NOT NULL,
  pem text NOT NULL,
  this_update timestamptz(3) NOT NULL,
  next_update timestamptz(3) NOT NULL
);
`;

const enrolment = `
CREATE TABLE enrollment_tokens (
  id uuid CONSTRAINT enrollment_tokens_pkey PRIMARY KEY,
  token_hash bytea NOT NULL CONSTRAINT enrollment_tokens_token_hash_key UNIQUE,
  -- a token for a group that is gone vouches for nothing
  group_id uuid CONSTRAINT enrollment_tokens_group_id_fkey REFERENCES groups ON DELETE CASCADE,
  -- null for the console; a person's tokens go with the person
  created_by uuid CONSTRAINT enrollment_tokens_created_by_fkey REFERENCES users ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  revoked_at timestamptz(3)
);

-- An approved request has the id of its host.
CREATE TABLE enrollment_requests (
  id uuid CONSTRAINT enrollment_requests_pkey PRIMARY KEY,
  polling_token_hash bytea NOT NULL CONSTRAINT enrollment_requests_polling_token_hash_key UNIQUE,
  state text NOT NULL DEFAULT 'pending' CONSTRAINT enrollment_requests_state_check
    CHECK (state IN ('pending', 'approved', 'denied', 'replaced')),
  -- ours makes its own key and asks for a certificate, the public one does neither
  agent text NOT NULL CONSTRAINT enrollment_requests_agent_check CHECK (agent IN ('patchgate', 'public')),
  machine_id text NOT NULL,
  fqdn text NOT NULL,
  address inet NOT NULL,
  agent_port integer NOT NULL,
  agent_version text,
  os_details jsonb NOT NULL,
  csr text,
  source_address text NOT NULL,
  source_network text NOT NULL,
  -- one token, one request: whatever else goes wrong
  token_id uuid CONSTRAINT enrollment_requests_token_id_key UNIQUE
    CONSTRAINT enrollment_requests_token_id_fkey REFERENCES enrollment_tokens ON DELETE SET NULL,
  -- who made the token, as he was called then; outlives it
  vouched_by text,
  group_id uuid CONSTRAINT enrollment_requests_group_id_fkey REFERENCES groups ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  decided_at timestamptz(3),
  certificate_id uuid CONSTRAINT enrollment_requests_certificate_id_fkey REFERENCES agent_certificates ON DELETE SET NULL,
  server_key_encrypted bytea,
  server_key_nonce bytea,
  secret_key_id text,
  key_expires_at timestamptz(3),
  CONSTRAINT enrollment_requests_csr_check CHECK ((agent = 'patchgate') = (csr IS NOT NULL)),
  CONSTRAINT enrollment_requests_key_check CHECK (
    num_nulls(server_key_encrypted, server_key_nonce, secret_key_id, key_expires_at) IN (0, 4))
);
-- the list of what waits, the oldest first
CREATE INDEX enrollment_requests_pending_idx ON enrollment_requests (created_at, id) WHERE state = 'pending';
-- how many wait from one network
CREATE INDEX enrollment_requests_network_idx ON enrollment_requests (source_network) WHERE state = 'pending';
`;

export class Enrolment1790000400000 implements MigrationInterface {
  readonly name = 'Enrolment1790000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [certificates, enrolment]) await runner.query(part);
  }

  // Which certificates are revoked would be forgotten; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('enrolment cannot be undone'));
  }
}
