// What a build is made of: its fingerprint decides whether it has to run again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const passedOver = new Set(['node_modules', 'dist', '.cache']);

/**
 * @param {string} root
 * @param {readonly string[]} entries files and folders, relative to the root
 */
export function fingerprint(root, entries) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => filesOf(path.join(root, entry))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} entry
 * @returns {string[]}
 */
function filesOf(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return entry.endsWith('.tsbuildinfo') ? [] : [entry];
  return readdirSync(entry)
    .filter((name) => !passedOver.has(name) && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesOf(path.join(entry, name)));
}

/** @param {string} folder */
export function stampOf(folder) {
  const file = path.join(folder, 'dist/.built-from');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/**
 * @param {string} folder
 * @param {string} fingerprint
 */
export function writeStamp(folder, fingerprint) {
  writeFileSync(path.join(folder, 'dist/.built-from'), fingerprint);
}
