// Runs one of our tools as a child that ends with us.
import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Where a tool's command line starts. @param {string} script relative to node_modules */
export function tool(script) {
  return path.join(root, 'node_modules', script);
}

/**
 * @param {string[]} args of Node
 * @param {{ environment?: Record<string, string>, isShown?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string, seconds: number }>} output is empty when it was shown
 */
export function runTool(args, { environment = {}, isShown = false } = {}) {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('setpriv', ['--pdeathsig=TERM', '--', process.execPath, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output, seconds: (performance.now() - startedAt) / 1000 });
    });
  });
}
