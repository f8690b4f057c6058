import type { MigrationInterface, QueryRunner } from 'typeorm';

const retired = `
-- A key that nothing is sealed with any more stays known, so that its file is never taken for a new one.
ALTER TABLE secret_keys DROP CONSTRAINT secret_keys_state_check;
ALTER TABLE secret_keys ADD CONSTRAINT secret_keys_state_check CHECK (state IN ('active', 'retiring', 'retired'));
`;

export class RetiredKeys1790000350000 implements MigrationInterface {
  readonly name = 'RetiredKeys1790000350000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(retired);
  }

  // A key that was retired would be forgotten; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('retired keys cannot be undone'));
  }
}
