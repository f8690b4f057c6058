// `npm test` of README.md: every kind of test after its own set-up; each stage runs whatever the ones before found.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { runChecks } from './checks.mjs';
import { root, runTool, tool } from './run-tool.mjs';
import { failure, readPlaywrightReport, readVitestReport, sayCheck, total } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').TestFile} TestFile */

process.on('disconnect', () => process.exit(1));
const reports = path.join(root, '.cache/test-report');
rmSync(reports, { recursive: true, force: true });
// The program is started some hundred times: what the first compiles the others read.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.cache/compile');

/** @type {TestFile[]} */
const files = [
  ...(await buildStage()),
  ...(await checkStage()),
  ...(await vitestStage()),
  ...(await browserStage()),
];
process.exit(conclude(files));

/** @returns {Promise<TestFile[]>} */
async function buildStage() {
  console.log('\nbuild');
  try {
    await build((line) => console.log(line));
    return [];
  } catch (error) {
    console.log(messageOf(error));
    return [{ file: 'build', seconds: 0, tests: [failure('the build succeeds')] }];
  }
}

/** @returns {Promise<TestFile[]>} */
async function checkStage() {
  console.log('\ncheck');
  const checks = await runChecks(sayCheck);
  return checks.map(({ name, isGood, seconds }) => ({
    file: `check: ${name}`,
    seconds,
    tests: [{ name, outcome: isGood ? 'passed' : 'failed' }],
  }));
}

/** @returns {Promise<TestFile[]>} */
async function vitestStage() {
  console.log('\nunit, database and HTTP tests');
  const { code } = await runTool([tool('vitest/vitest.mjs'), 'run'], { isShown: true });
  return readVitestReport(path.join(reports, 'vitest.json'), code);
}

/** @returns {Promise<TestFile[]>} */
async function browserStage() {
  const specs = path.join(root, 'e2e');
  if (!existsSync(specs) || readdirSync(specs).length === 0) return [];
  console.log('\nbrowser tests');
  try {
    const browser = await findBrowser(path.join(root, '.cache'), (line) => console.log(line));
    const { code } = await runTool([tool('@playwright/test/cli.js'), 'test'], {
      isShown: true,
      environment: {
        ...browser.environment,
        PATCHGATE_BROWSER: browser.path,
        PATCHGATE_BROWSER_ARGS: browser.args.join(' '),
      },
    });
    return readPlaywrightReport(path.join(reports, 'playwright.json'), code);
  } catch (error) {
    console.log(messageOf(error));
    return [{ file: 'browser', seconds: 0, tests: [failure('a browser starts')] }];
  }
}

/**
 * @param {TestFile[]} all
 * @returns {number} the exit code
 */
function conclude(all) {
  console.log('\nseconds per file');
  for (const { file, seconds } of [...all].sort((a, b) => b.seconds - a.seconds)) {
    console.log(`${seconds.toFixed(1).padStart(8)}  ${file}`);
  }
  const allowed = JSON.parse(readFileSync(path.join(root, 'tests/allowed-skips.json'), 'utf8'));
  const { passed, failed, skipped, failures, surprising } = total(all, allowed);
  for (const name of failures) console.log(`failed: ${name}`);
  for (const name of surprising) console.log(`skipped without leave (tests/allowed-skips.json): ${name}`);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
