// Turns what the tools report into one list of tests, and that list into the last line of `npm test`.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {'passed' | 'failed' | 'skipped'} Outcome */
/** @typedef {{ name: string, outcome: Outcome }} Test */
/** @typedef {{ file: string, seconds: number, tests: Test[] }} TestFile */

/** @param {import('./checks.mjs').Check} check */
export function sayCheck({ name, isGood, output, seconds }) {
  console.log(`  ${isGood ? 'passed' : 'FAILED'}  ${name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s`);
  if (!isGood) console.log(output.trimEnd());
}

/**
 * What the reporter of vitest left. A run that left nothing, or failed outside of any test, counts as one failure.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {TestFile[]}
 */
export function readVitestReport(file, exitCode) {
  /** @type {{ files: { file: string, seconds: number, isBroken: boolean, tests: { name: string, outcome: string }[] }[] }} */
  const report = readReport(file) ?? { files: [] };
  const files = report.files.map(({ file, seconds, isBroken, tests }) => ({
    file,
    seconds,
    tests: [
      ...tests.map(({ name, outcome }) => ({ name, outcome: known(outcome) })),
      ...(isBroken ? [failure(`${file} could be loaded`)] : []),
    ],
  }));
  return withStage('vitest', exitCode, files);
}

/**
 * What Playwright's JSON reporter left.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {TestFile[]}
 */
export function readPlaywrightReport(file, exitCode) {
  /** @typedef {{ title: string, tests: { status: string, results: { duration: number }[] }[] }} Spec */
  /** @typedef {{ file: string, specs: Spec[], suites?: Suite[] }} Suite */
  /** @type {{ suites: Suite[] }} */
  const report = readReport(file) ?? { suites: [] };
  /** @param {Suite} suite @returns {Spec[]} */
  const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  const files = report.suites.map((suite) => {
    const runs = specsOf(suite).flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test })));
    const milliseconds = runs
      .flatMap(({ results }) => results)
      .reduce((sum, { duration }) => sum + duration, 0);
    return {
      file: `e2e/${suite.file}`,
      seconds: milliseconds / 1000,
      tests: runs.map(({ title, status }) => ({ name: title, outcome: ofPlaywright(status) })),
    };
  });
  return withStage('playwright', exitCode, files);
}

/**
 * Skips that nobody agreed to become failures.
 *
 * @param {TestFile[]} files
 * @param {{ name: string, reason: string }[]} allowedSkips
 */
export function total(files, allowedSkips) {
  const allowed = new Set(allowedSkips.map(({ name }) => name));
  const tests = files.flatMap((file) => file.tests);
  const surprising = tests.filter(({ name, outcome }) => outcome === 'skipped' && !allowed.has(name));
  const count = (/** @type {Outcome} */ outcome) => tests.filter((test) => test.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed') + surprising.length,
    skipped: count('skipped') - surprising.length,
    failures: tests.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
    surprising: surprising.map(({ name }) => name),
  };
}

/** @param {string} name @returns {Test} */
export function failure(name) {
  return { name, outcome: 'failed' };
}

/**
 * @param {string} stage
 * @param {number} exitCode
 * @param {TestFile[]} files
 * @returns {TestFile[]}
 */
function withStage(stage, exitCode, files) {
  const tests = files.flatMap((file) => file.tests);
  const problems = [];
  if (tests.length === 0) problems.push(failure(`${stage} ran at least one test`));
  if (exitCode !== 0 && !tests.some(({ outcome }) => outcome === 'failed')) {
    problems.push(failure(`${stage} ended without an error outside of the tests (exit code ${exitCode})`));
  }
  return problems.length === 0 ? files : [...files, { file: stage, seconds: 0, tests: problems }];
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A test that neither passed nor was skipped did not do its work. @param {string} outcome @returns {Outcome} */
function known(outcome) {
  return outcome === 'passed' || outcome === 'skipped' ? outcome : 'failed';
}

/** @param {string} status @returns {Outcome} */
function ofPlaywright(status) {
  if (status === 'skipped') return 'skipped';
  return status === 'expected' ? 'passed' : 'failed';
}
