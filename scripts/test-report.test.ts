import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPlaywrightReport, readVitestReport, total } from './test-report.mjs';

function reportFile(content: unknown): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-report-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function vitestFile(...outcomes: string[]) {
  const tests = outcomes.map((outcome, index) => ({ name: `t${index}`, outcome }));
  return { file: 'a.test.ts', seconds: 1, isBroken: false, tests };
}

function counts(files: Parameters<typeof total>[0], allowed: { name: string; reason: string }[] = []) {
  const { passed, failed, skipped } = total(files, allowed);
  return { passed, failed, skipped };
}

test('a skip nobody agreed to is a failure, an agreed one is a skip', () => {
  const files = readVitestReport(reportFile({ files: [vitestFile('passed', 'skipped')], errors: 0 }), 0);
  expect(counts(files)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(counts(files, [{ name: 't1', reason: 'no such device' }])).toEqual({
    passed: 1,
    failed: 0,
    skipped: 1,
  });
});

test('a run without a report, or without a test, is a failure', () => {
  expect(counts(readVitestReport('/nowhere.json', 1)).failed).toBeGreaterThan(0);
  expect(counts(readVitestReport(reportFile({ files: [], errors: 0 }), 0)).failed).toBe(1);
  expect(counts(readPlaywrightReport('/nowhere.json', 0)).failed).toBe(1);
});

test('a file that cannot be loaded is a failure', () => {
  const broken = { ...vitestFile(), isBroken: true };
  const files = readVitestReport(reportFile({ files: [broken, vitestFile('passed')], errors: 0 }), 1);
  expect(counts(files)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('an error outside of every test is a failure', () => {
  const files = readVitestReport(reportFile({ files: [vitestFile('passed')], errors: 1 }), 1);
  expect(counts(files)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a test that never finished is a failure', () => {
  const files = readVitestReport(reportFile({ files: [vitestFile('pending')], errors: 0 }), 0);
  expect(counts(files).failed).toBe(1);
});

test('browser tests are counted through nested suites, and a flaky one is a failure', () => {
  const spec = (title: string, status: string) => ({
    title,
    tests: [{ status, results: [{ duration: 1500 }] }],
  });
  const nested = { file: 'a.spec.ts', specs: [spec('deep', 'skipped'), spec('flaky', 'flaky')] };
  const suites = [{ file: 'a.spec.ts', specs: [spec('top', 'expected')], suites: [nested] }];
  const files = readPlaywrightReport(reportFile({ suites }), 0);
  expect(files).toMatchObject([{ file: 'e2e/a.spec.ts', seconds: 4.5 }]);
  expect(counts(files, [{ name: 'deep', reason: 'r' }])).toEqual({ passed: 1, failed: 1, skipped: 1 });
});
