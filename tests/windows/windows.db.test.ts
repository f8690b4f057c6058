import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { checkWindows } from './check-windows.js';

// The same in every run, so that one tree has one verdict; `npm run faults -- windows` looks elsewhere, and longer.
const { PATCHGATE_WINDOW_RULES = '35000', PATCHGATE_WINDOW_SEED = '20260326' } = process.env;
const rules = Number(PATCHGATE_WINDOW_RULES);
// A hundred thousand times on a machine with other things to do.
const patient = { timeout: 180_000 + 2 * rules };

test(
  'the times of windows in all zones are those of another library and of PostgreSQL',
  patient,
  async () => {
    const client = new Client({ connectionString: inject('postgres').superuserUrl });
    await client.connect();
    try {
      const report = await checkWindows(rules, Number(PATCHGATE_WINDOW_SEED), client);
      expect(report).toMatchObject({ refutedByLuxon: [], refutedByPostgres: [], unknownToPostgres: [] });
      // What has been asked for is what was meant to be.
      expect(report.starts).toBeGreaterThan(2.5 * rules);
      expect(report.startsKnownToPostgres / report.starts).toBeGreaterThan(0.98);
      expect(Math.min(report.shifts.gap, report.shifts.overlap)).toBeGreaterThan(rules / 70);
    } finally {
      await client.end();
    }
  },
);
