import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HostAddressStatistics1790000200000 implements MigrationInterface {
  readonly name = 'HostAddressStatistics1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    // A search for a part of an address: without these the planner takes it for four hosts among ten thousand, whatever
    // it is, and gathers and sorts all that match instead of walking the order of the list until the page is full.
    await runner.query('CREATE STATISTICS hosts_address_text ON (host(address)) FROM hosts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS hosts_address_text');
  }
}
