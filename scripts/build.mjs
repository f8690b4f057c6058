// Compiles the workspace; what has not changed since its stamp is not touched.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, stampOf, writeStamp } from './build-inputs.mjs';

const root = path.resolve(import.meta.dirname, '..');
const toolchain = ['tsconfig.base.json', 'pnpm-lock.yaml'];
const oneFile = 'one-file.config.ts';

/**
 * Builds TypeScript and the web side by side. Says one line per part that had to be built.
 *
 * @param {(line: string) => void} say
 */
export async function build(say) {
  await Promise.all([buildTypeScript(say), buildWeb(say), buildAgent(say), buildFront(say)]);
}

/** @param {(line: string) => void} say */
async function buildTypeScript(say) {
  const projects = typeScriptProjects();
  // One fingerprint for all: a change in a package changes what is emitted for those that use it.
  const current = fingerprint(root, [...projects, ...toolchain]);
  const stale = projects.filter((project) => stampOf(path.join(root, project)) !== current);
  if (stale.length === 0) return;
  // tsc trusts its own record and would not write again what somebody deleted.
  for (const project of projects) {
    if (!existsSync(path.join(root, project, 'dist'))) {
      rmSync(path.join(root, project, 'tsconfig.tsbuildinfo'), { force: true });
    }
  }
  await timed('TypeScript compiled', say, () =>
    runNode(['node_modules/typescript/bin/tsc', '-b', ...projects], root),
  );
  for (const project of projects) writeStamp(path.join(root, project), current);
}

/** Every folder with a tsconfig of its own but what Vite builds. */
function typeScriptProjects() {
  return ['packages', 'apps']
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .concat('migrations')
    .filter((project) => project !== 'apps/web' && existsSync(path.join(root, project, 'tsconfig.json')));
}

/** @param {(line: string) => void} say */
async function buildWeb(say) {
  await bundle('web', ['packages/contracts', 'packages/domain'], say);
}

/** @param {(line: string) => void} say */
async function buildAgent(say) {
  await bundle('agent', [oneFile, 'packages/contracts', 'packages/service-health', 'deploy/systemd'], say);
}

/** @param {(line: string) => void} say */
async function buildFront(say) {
  await bundle(
    'fastcgi-health',
    [oneFile, 'packages/dial', 'packages/probes', 'packages/service-health'],
    say,
  );
}

/**
 * @param {string} app
 * @param {readonly string[]} madeOf what it takes in beside its own files
 * @param {(line: string) => void} say
 */
async function bundle(app, madeOf, say) {
  const folder = path.join(root, 'apps', app);
  if (!existsSync(path.join(folder, 'vite.config.ts'))) return;
  const current = fingerprint(root, [`apps/${app}`, ...madeOf, ...toolchain]);
  if (stampOf(folder) === current) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  await timed(`${app} built`, say, () => runNode([vite, 'build', '--logLevel', 'warn'], folder));
  writeStamp(folder, current);
}

/**
 * @param {string} name
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} work
 */
async function timed(name, say, work) {
  const startedAt = performance.now();
  await work();
  say(`  ${name.padEnd(28)} ${((performance.now() - startedAt) / 1000).toFixed(2).padStart(6)} s`);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
function runNode(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn('setpriv', ['--pdeathsig=TERM', '--', process.execPath, ...args], {
      cwd,
      stdio: 'inherit',
      // Whoever asks for the build, a test runner too, gets what users get.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the build failed: ${args.join(' ')}`));
    });
  });
}
