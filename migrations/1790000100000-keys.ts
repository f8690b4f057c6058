import type { MigrationInterface, QueryRunner } from 'typeorm';

const keys = `
-- Which keys the database was sealed with; never a key itself.
CREATE TABLE secret_keys (
  id text CONSTRAINT secret_keys_pkey PRIMARY KEY CONSTRAINT secret_keys_id_check CHECK (id ~ '^[0-9a-f]{16}$'),
  check_value bytea NOT NULL CONSTRAINT secret_keys_check_value_check CHECK (octet_length(check_value) = 32),
  state text NOT NULL CONSTRAINT secret_keys_state_check CHECK (state IN ('active', 'retiring')),
  created_at timestamptz(3) NOT NULL
);
-- one key seals at a time
CREATE UNIQUE INDEX secret_keys_active_key ON secret_keys (state) WHERE state = 'active';
`;

const authorities = `
CREATE TABLE pki_authorities (
  id uuid CONSTRAINT pki_authorities_pkey PRIMARY KEY,
  certificate text NOT NULL,
  private_key_encrypted bytea NOT NULL,
  private_key_nonce bytea NOT NULL CONSTRAINT pki_authorities_nonce_check CHECK (octet_length(private_key_nonce) = 12),
  -- No foreign key: a lost row of secret_keys must not make the ciphertext look like none.
  secret_key_id text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
`;

export class Keys1790000100000 implements MigrationInterface {
  readonly name = 'Keys1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [keys, authorities]) await runner.query(part);
  }

  // Without the authority every certificate it issued is worth nothing; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('the keys cannot be undone'));
  }
}
