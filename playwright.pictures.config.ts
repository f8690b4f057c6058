import { defineConfig } from '@playwright/test';
import tests from './playwright.config.js';

/** The same program and browser as the tests, to take pictures of its pages. */
export default defineConfig({
  ...tests,
  testDir: 'e2e/pictures',
  projects: [{ name: 'pictures', testMatch: '*.pictures.ts' }],
  workers: 1,
  reporter: [['list']],
  // A picture that cannot be taken is said at once, not when the whole book runs out of time.
  use: { ...tests.use, actionTimeout: 20_000 },
});
