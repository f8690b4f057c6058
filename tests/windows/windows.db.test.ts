import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { checkWindows } from './check-windows.js';

// A hundred thousand times on a machine with other things to do.
const patient = { timeout: 180_000 };

test(
  'the times of windows in all zones are those of another library and of PostgreSQL',
  patient,
  async () => {
    const client = new Client({ connectionString: inject('postgres').superuserUrl });
    await client.connect();
    try {
      const report = await checkWindows(35_000, 20_260_326, client);
      expect(report).toMatchObject({ refutedByLuxon: [], refutedByPostgres: [], unknownToPostgres: [] });
      // What has been asked for is what was meant to be.
      expect(report.starts).toBeGreaterThan(90_000);
      expect(report.startsKnownToPostgres / report.starts).toBeGreaterThan(0.98);
      expect(Math.min(report.shifts.gap, report.shifts.overlap)).toBeGreaterThan(500);
    } finally {
      await client.end();
    }
  },
);
