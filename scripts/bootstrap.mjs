// What `npm start` and `npm test` run first: plain Node 20, nothing installed yet.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenAncestorDies } from './ancestors.mjs';
import { ensureInstalled } from './install.mjs';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const startedAtMs = performance.timeOrigin;
const [command = 'start', ...args] = process.argv.slice(2);

/** @type {import('node:child_process').ChildProcess | undefined} */
let child;
let isStopping = false;
// The terminal sends Ctrl-C to all of us at once: stay until the child has stopped what it started.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
whenAncestorDies(stop);

try {
  const node = await ensureInstalled(root, run);
  process.exitCode = isStopping
    ? 130
    : await run([node, path.join(root, `scripts/${command}.mjs`), ...args], {
        // When we are killed, the closing of the channel tells the child.
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        env: {
          ...process.env,
          PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, '.cache/node-compile'),
          PATCHGATE_STARTED_AT_MS: String(startedAtMs),
        },
      });
} catch (error) {
  if (!isStopping) console.error(error instanceof Error ? error.message : error);
  process.exitCode = isStopping ? 130 : 1;
}

function stop() {
  isStopping = true;
  child?.kill('SIGTERM');
}

/**
 * @param {string[]} commandLine
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
function run(commandLine, options) {
  const [program = '', ...rest] = boundToUs(commandLine, options);
  return new Promise((resolve, reject) => {
    child = spawn(program, rest, { cwd: root, ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * An install cannot watch us, so the kernel ends it when we die.
 *
 * @param {string[]} commandLine
 * @param {import('node:child_process').SpawnOptions} options
 */
function boundToUs(commandLine, options) {
  const hasChannel = Array.isArray(options.stdio) && options.stdio.includes('ipc');
  if (hasChannel || !existsSync('/usr/bin/setpriv')) return commandLine;
  return ['/usr/bin/setpriv', '--pdeathsig=TERM', '--', ...commandLine];
}
