import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '.cache/**', 'tests/lint-fixtures/**', 'e2e/**'];
const source = { conditions: ['patchgate-source', 'node', 'development|production'] };

/** The three kinds of test that style.md knows; a database is started only for those that need one. */
function project(name: string, include: string[], settings: object = {}) {
  return {
    resolve: source,
    ssr: { resolve: source },
    test: { name, include, exclude: ignored, ...settings },
  };
}

const database = { globalSetup: ['tests/database-setup.ts'], testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './tests/totals-reporter.ts'],
    projects: [
      project('unit', ['{apps,packages,migrations,scripts,tests}/**/*.test.{ts,tsx}'], {
        exclude: [...ignored, '**/*.{db,e2e}.test.ts'],
        testTimeout: 10_000,
      }),
      project('db', ['{apps,packages,migrations,tests}/**/*.db.test.ts'], database),
      project('http', ['{apps,packages,tests}/**/*.e2e.test.ts'], database),
    ],
  },
});
