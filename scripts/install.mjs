// Installs what the lockfile says, once per lockfile, and finds the Node that runs everything else.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const pnpm = 'pnpm@12.21.0';
const oldestNode = 22;

/** @typedef {(commandLine: string[], options: import('node:child_process').SpawnOptions) => Promise<number>} Run */

/**
 * @param {string} root
 * @param {Run} run resolves with the exit code
 * @returns {Promise<string>} the path of a Node that is new enough
 */
export async function ensureInstalled(root, run) {
  const stampFile = path.join(root, 'node_modules/.patchgate-installed');
  const inputs = fingerprint(root);
  const stamp = readStamp(stampFile);
  if (stamp?.inputs === inputs && existsSync(stamp.node)) return stamp.node;
  const startedAt = performance.now();
  console.log('  installing packages; the first time takes about a minute');
  await install(root, run);
  const node = chooseNode(root);
  writeFileSync(stampFile, JSON.stringify({ inputs, node }));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2).padStart(6);
  console.log(`  ${'packages installed'.padEnd(28)} ${seconds} s`);
  return node;
}

/**
 * @param {string} file
 * @returns {{ inputs: string, node: string } | undefined}
 */
function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Missing, or cut off by a kill: installing again is quick when there is nothing to do.
    return undefined;
  }
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${root}`);
  const manifests = ['apps', 'packages']
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package.json`))
    .concat(['package.json', 'migrations/package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']);
  for (const file of manifests.sort().map((name) => path.join(root, name))) {
    if (existsSync(file)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {Run} run
 */
async function install(root, run) {
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const log = path.join(cache, 'install.log');
  const descriptor = openSync(log, 'w');
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, CI: '1' };
  // A machine may name Node's headers for node-gyp; pnpm refuses the setting, and nothing here is compiled.
  delete environment.npm_config_nodedir;
  delete environment.NPM_CONFIG_NODEDIR;
  // pnpm would keep its state in the home directory; all of it stays in the clone.
  for (const kind of ['CACHE', 'STATE']) environment[`XDG_${kind}_HOME`] = path.join(cache, 'xdg');
  const code = await run(
    [
      'npm',
      'exec',
      '--yes',
      '--',
      pnpm,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      ...storeFlags(root),
    ],
    { stdio: ['ignore', descriptor, descriptor], env: environment },
  );
  closeSync(descriptor);
  if (code === 0) return;
  console.error(readFileSync(log, 'utf8'));
  throw new Error(`installing packages failed (exit code ${code}); the output above is also in ${log}`);
}

/** An existing node_modules insists on the store it was made from. @param {string} root */
function storeFlags(root) {
  const isInstalled = existsSync(path.join(root, 'node_modules/.modules.yaml'));
  const ownStore = path.join(root, '.cache/pnpm-store');
  return isInstalled && !existsSync(ownStore) ? [] : [`--store-dir=${ownStore}`];
}

/** @param {string} root */
function chooseNode(root) {
  for (const candidate of [path.join(root, 'node_modules/.bin/node'), process.execPath]) {
    const version = versionOf(candidate);
    if (version >= oldestNode) return candidate;
  }
  throw new Error(
    `Patchgate runs on Node.js ${oldestNode} or newer. The registry has none for ${process.platform}-${process.arch} ` +
      `that runs here, and yours is ${process.version}: install a newer Node.js and start again.`,
  );
}

/** @param {string} node */
function versionOf(node) {
  try {
    return Number(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0]);
  } catch {
    // Not there, or made for another C library: the next candidate may run.
    return 0;
  }
}
