import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const report = '.cache/test-report/vitest.json';

/** Leaves what `npm test` needs for its totals: every test's outcome and the seconds of each file. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const files = modules.map((module) => ({
      file: module.relativeModuleId,
      seconds: secondsOf(module),
      // A file that fails to load has no test that could fail for it.
      isBroken: module.state() === 'failed' && !module.children.allTests('failed').next().value,
      tests: [...module.children.allTests()].map((test) => ({
        name: test.fullName,
        outcome: test.result().state,
      })),
    }));
    mkdirSync(path.dirname(report), { recursive: true });
    writeFileSync(report, JSON.stringify({ files, errors: errors.length }));
  }
}

function secondsOf(module: TestModule): number {
  const { collectDuration, duration, setupDuration } = module.diagnostic();
  return (collectDuration + duration + setupDuration) / 1000;
}
