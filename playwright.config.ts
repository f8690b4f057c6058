import { defineConfig } from '@playwright/test';
import { storageStateFile } from './e2e/first-admin.js';

/** Those that start servers of their own and wait for windows, roll-outs and restarts, more than they work. */
const ownServers = ['demo', 'gate', 'live-faults', 'real-host', 'roll-out'].map((name) => `${name}.spec.ts`);

const browserArgs = process.env.PATCHGATE_BROWSER_ARGS ?? '';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './tests/browser-setup.ts',
  outputDir: 'test-results',
  // More than there are cores: the tests that wait leave theirs to others.
  workers: 4,
  // Of which the slowest takes a quarter on a machine with two cores.
  timeout: 60_000,
  // A test that passes at the second try hides a defect.
  retries: 0,
  projects: [
    { name: 'first-run', testMatch: 'first-run.spec.ts' },
    // Before the pages, so that no long wait is left at the end.
    { name: 'own-servers', testMatch: ownServers, workers: 2, timeout: 240_000, dependencies: ['first-run'] },
    {
      name: 'pages',
      testIgnore: ['first-run.spec.ts', 'secrets.spec.ts', ...ownServers],
      dependencies: ['first-run'],
      use: { storageState: storageStateFile },
    },
    { name: 'afterwards', testMatch: 'secrets.spec.ts', dependencies: ['own-servers', 'pages'] },
  ],
  reporter: [['list'], ['json', { outputFile: '.cache/test-report/playwright.json' }]],
  use: {
    // Set by the global set-up, which starts the program on free ports; every worker reads this file after it.
    baseURL: process.env.PATCHGATE_E2E_URL ?? 'http://127.0.0.1:3000',
    // A trace of every test costs a tenth of the time; PATCHGATE_TRACE=1 asks for those of failed ones.
    trace: process.env.PATCHGATE_TRACE === undefined ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.PATCHGATE_BROWSER ?? '/usr/bin/chromium',
      args: browserArgs === '' ? [] : browserArgs.split(' '),
    },
  },
});
