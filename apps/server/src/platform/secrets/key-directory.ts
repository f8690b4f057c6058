import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../../config/config-error.js';
import { codeOf, keyFileName, octal, readKeyFile, syncDirectory } from './key-file.js';
import type { KeyDirectory } from './key-file.js';
import type { KeyRing, SecretKey } from './secret-key.js';

const variable = 'PATCHGATE_KEY_DIR';

/** A key beside the first one has its id in its name. */
const ringName = /^health-check\.([0-9a-f]{16})\.key$/;

/**
 * Reads all keys of a directory: `health-check.key`, and `health-check.<key id>.key` for the others of the ring.
 *
 * @returns an empty ring when there is no directory or no key in it
 * @throws ConfigError for a directory or file others could read or replace (SEC-K3)
 */
export async function readKeyRing(directory: KeyDirectory): Promise<KeyRing> {
  const ring = new Map<string, SecretKey>();
  if (!(await isKeyDirectory(directory))) return ring;
  for (const name of await readdir(directory.path)) {
    const named = ringName.exec(name)?.[1];
    if (named === undefined && name !== keyFileName) continue;
    const file = path.join(directory.path, name);
    const key = await readKeyFile(file, directory.uid);
    if (key === undefined) continue;
    if (named !== undefined && named !== key.id) {
      throw new ConfigError(variable, `${file} holding the key ${key.id}`, `the key ${named} in it`);
    }
    ring.set(key.id, key);
  }
  return ring;
}

/** Makes the directory, for its owner alone, unless it is there. */
export async function makeKeyDirectory(directory: KeyDirectory): Promise<void> {
  const first = await makeDirectories(directory.path);
  await isKeyDirectory(directory);
  if (first === undefined) return;
  // A power cut must not take the directory back once the database knows the key in it.
  for (let made = directory.path; made.startsWith(first); made = path.dirname(made)) {
    await syncDirectory(path.dirname(made));
  }
}

async function makeDirectories(directory: string): Promise<string | undefined> {
  try {
    return await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const expected = 'a directory that can be made here, or is there already with mode 0700';
    throw new ConfigError(variable, `${directory} (${codeOf(error)})`, expected, { cause: error });
  }
}

async function isKeyDirectory({ path: directory, uid }: KeyDirectory): Promise<boolean> {
  const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
  try {
    const handle = await open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      assertKeyDirectory(directory, await handle.stat(), uid);
      return true;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT') return false;
    // Linux answers ENOTDIR for a link too when only a directory will do.
    const given = code === 'ENOTDIR' ? `${directory}, a link or a file` : `${directory} (${code})`;
    throw new ConfigError(variable, given, 'an own directory with mode 0700', { cause: error });
  }
}

/** Whoever may write here may put another key in the place of ours. */
function assertKeyDirectory(directory: string, stats: Stats, uid: number): void {
  const expected = 'an own directory with mode 0700';
  if (stats.uid !== uid) {
    const given = `${directory} of user ${stats.uid}`;
    throw new ConfigError(variable, given, `${expected}: chown ${uid} ${directory}`);
  }
  const mode = stats.mode & 0o7777;
  if (mode !== 0o700) {
    const given = `${directory} with mode ${octal(mode)}`;
    throw new ConfigError(variable, given, `${expected}: chmod 700 ${directory}`);
  }
}
