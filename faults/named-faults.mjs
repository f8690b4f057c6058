// Each fault with the installation it needs.
import { changes } from './changed-server.mjs';
import { badNetwork, databaseKills, failpointKills, kills, pauses, randomKills } from './commands.mjs';
import { openInstallation } from './installation.mjs';
import { report } from './report.mjs';
import { face } from './session.mjs';
import { vitestFault } from './vitest-fault.mjs';

/** What may be taken away, to see that its absence is seen. */
export const withouts = ['fence', 'idempotency'];

/** @typedef {{ cycles: number, seed: number, without?: string | undefined, at?: readonly string[] | undefined }} Wanted */
/** @typedef {{ cycles: number, run: (wanted: Wanted, print: (line: string) => void) => Promise<boolean> }} NamedFault */

/** @typedef {Partial<Parameters<typeof face>[1]>} Settings */

/**
 * @param {string} title
 * @param {number} cycles as many as a person waits for
 * @param {import('./commands.mjs').Fault} fault
 * @param {Parameters<typeof openInstallation>[0]} needs
 * @param {Settings} [settings]
 * @returns {NamedFault}
 */
const storm = (title, cycles, fault, needs, { changed = [], ...settings } = {}) => ({
  cycles,
  run: async ({ cycles: wanted, seed, without, at }, print) => {
    const installation = await openInstallation(needs);
    try {
      const { figures } = await face(
        installation,
        {
          ...settings,
          seed,
          changed: [...changed, ...(without === 'fence' ? changes.withoutFence : [])],
          ...(without === 'idempotency' && { behaviour: { forgets_orders: true, run_ms: 20 } }),
          storm: (weather) => fault(installation, { cycles: wanted, ...(at && { at }) }, weather),
        },
        print,
      );
      return report(title, figures, print);
    } finally {
      await installation.close();
    }
  },
});

/** A run may have several stopped workers in a row, and none of them is to blame. */
const severalLeasesMs = 150_000;

/** @type {Record<string, NamedFault>} */
export const namedFaults = {
  kills: storm(
    'Q2 and Q3 at once',
    1_000,
    kills,
    { hosts: 300, publicEvery: 3 },
    { changed: changes.quickLeases },
  ),
  failpoints: storm(
    'Q2 killed at failpoints',
    1_000,
    failpointKills,
    { hosts: 300, publicEvery: 3 },
    { changed: changes.quickLeases },
  ),
  'random-kills': storm(
    'Q3 killed at random times',
    200,
    randomKills,
    { hosts: 520, publicEvery: 5 },
    { mostOpen: 500, ordersOf: 60 },
  ),
  database: storm('Q4 PostgreSQL killed', 50, databaseKills, { hosts: 200, publicEvery: 5 }),
  pauses: storm(
    'Q5 stopped beyond the lease',
    200,
    pauses,
    { hosts: 300, publicEvery: 3 },
    { patienceMs: severalLeasesMs },
  ),
  proxy: storm('Q6 a bad network', 10_000, badNetwork, { hosts: 200, publicEvery: 5, isProxied: true }),
  simulation: vitestFault('Q1 simulation of runs', 100_000, {
    project: 'unit',
    folder: 'tests/simulation',
    environment: ({ cycles, seed }) => ({
      PATCHGATE_SIMULATION_SEED: String(seed),
      PATCHGATE_SIMULATION_SEEDS: String(cycles),
    }),
  }),
  windows: vitestFault('Q9 windows in all time zones', 100_000, {
    project: 'db',
    folder: 'tests/windows',
    environment: ({ cycles, seed }) => ({
      PATCHGATE_WINDOW_RULES: String(cycles),
      PATCHGATE_WINDOW_SEED: String(seed),
    }),
  }),
  fuzz: vitestFault('Q8 the documented API under fuzz', 20_000, {
    project: 'http',
    folder: 'tests/fuzz',
    environment: ({ cycles, seed }) => ({
      PATCHGATE_FUZZ_SEED: String(seed),
      PATCHGATE_FUZZ_REQUESTS: String(cycles),
    }),
  }),
};
