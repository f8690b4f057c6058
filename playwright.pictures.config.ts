import { defineConfig } from '@playwright/test';
import type { PictureOptions } from './e2e/real-host.fixture.js';
import tests from './playwright.config.js';

/** The same program and browser as the tests, to take pictures of its pages. */
export default defineConfig<PictureOptions>({
  ...tests,
  projects: [
    { name: 'pictures', testDir: 'e2e/pictures', testMatch: '*.pictures.ts' },
    { name: 'walk-through', testMatch: 'real-host.spec.ts', timeout: 240_000, use: { takesPictures: true } },
  ],
  workers: 1,
  reporter: [['list']],
  // A picture that cannot be taken is said at once, not when the whole book runs out of time.
  use: { ...tests.use, actionTimeout: 20_000 },
});
