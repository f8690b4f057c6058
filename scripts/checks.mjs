// The checks that need no running program: format, lint, types, dependencies, unused code.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkDependencies } from './dependency-check.mjs';
import { root, runTool, tool } from './run-tool.mjs';

/** @typedef {{ name: string, isGood: boolean, output: string, seconds: number }} Check */

/**
 * Runs them two at a time, each to its end, so that one run shows everything.
 *
 * @param {(check: Check) => void} onEnd
 * @returns {Promise<Check[]>}
 */
export async function runChecks(onEnd) {
  const waiting = [
    () => check('lint', [tool('eslint/bin/eslint.js'), '.']),
    () => check('types', [tool('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'], webTypes()),
    () => check('format', [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
    () => checkDependencies(),
    () => check('unused', [tool('knip/bin/knip.js'), '--no-progress']),
    () => check('domain branches', [tool('vitest/vitest.mjs'), ...domainBranches]),
  ];
  /** @type {Check[]} */
  const done = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const ended = await next();
      done.push(ended);
      onEnd(ended);
    }
  };
  await Promise.all([worker(), worker()]);
  return done;
}

/** What decides is pure, so that each of its branches can be reached by a test, and is. */
const domainBranches = [
  ...['run', '--project', 'unit', 'packages/domain/src', '--reporter', 'dot', '--coverage.enabled'],
  ...['--coverage.provider', 'v8', '--coverage.reporter', 'text', '--coverage.thresholds.branches', '100'],
  ...['--coverage.include', 'packages/domain/src/**/*.ts', '--coverage.exclude', '**/*.{test,fixture}.ts'],
  ...['--coverage.reportsDirectory', '.cache/coverage'],
];

/** The web has its own library and module settings. */
function webTypes() {
  const project = 'apps/web/tsconfig.json';
  const hasSources = existsSync(path.join(root, 'apps/web/src'));
  return hasSources ? [[tool('typescript/bin/tsc'), '-p', project, '--noEmit']] : [];
}

/**
 * @param {string} name
 * @param {string[]} first
 * @param {string[][]} more command lines that belong to the same check
 * @returns {Promise<Check>}
 */
async function check(name, first, more = []) {
  const runs = [];
  for (const args of [first, ...more]) runs.push(await runTool(args));
  return {
    name,
    isGood: runs.every((run) => run.code === 0),
    output: runs.map((run) => run.output).join(''),
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
  };
}
