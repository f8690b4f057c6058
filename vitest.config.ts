import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '.cache/**', 'tests/lint-fixtures/**', 'e2e/**'];
const source = { conditions: ['patchgate-source', 'node', 'development|production'] };

/** The three kinds of test that style.md knows; a database is started only for those that need one. */
function project(name: string, include: string[], settings: object = {}) {
  return {
    resolve: source,
    ssr: { resolve: source },
    // What a file does in its process is gone when it ends, and to start one and to load takes longer than most files.
    test: { name, include, exclude: ignored, isolate: false, ...settings },
  };
}

const patient = { testTimeout: 60_000, hookTimeout: 60_000 };
const databaseSetup = 'tests/database-setup.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than there are cores: a fifth of the time is spent waiting for processes and deadlines.
    maxWorkers: 3,
    reporters: ['default', './tests/totals-reporter.ts'],
    projects: [
      project('unit', ['{apps,packages,migrations,scripts,tests}/**/*.test.{ts,tsx}'], {
        exclude: [...ignored, '**/*.{db,e2e}.test.ts'],
        testTimeout: 10_000,
      }),
      project('db', ['{apps,packages,migrations,tests}/**/*.db.test.ts'], {
        ...patient,
        globalSetup: [databaseSetup],
      }),
      project('http', ['{apps,packages,scripts,tests}/**/*.e2e.test.ts'], {
        ...patient,
        globalSetup: ['tests/build-setup.ts', databaseSetup],
      }),
    ],
  },
});
