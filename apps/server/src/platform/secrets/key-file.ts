import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { ConfigError } from '../../config/config-error.js';
import { toSecretKey, keyBytes } from './secret-key.js';
import type { SecretKey } from './secret-key.js';

export const keyFileName = 'health-check.key';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Where the keys are, and whose they must be. */
export interface KeyDirectory {
  readonly path: string;
  /** The user of this process: what another owns, another can change. */
  readonly uid: number;
}

/**
 * Reads a key (SEC-K3). The name is opened without following a link and judged by what was opened, so that nothing can
 * be put in its place between the look and the read.
 *
 * @returns undefined when there is no such file
 * @throws ConfigError with the command that repairs it
 */
export async function readKeyFile(file: string, uid: number): Promise<SecretKey | undefined> {
  const handle = await openExisting(file);
  if (handle === undefined) return undefined;
  try {
    assertKeyFile(file, await handle.stat(), uid);
    return toSecretKey(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/**
 * Makes the key of a directory that has none. However many processes do it together, link() lets one through and all
 * read that one's key (SEC-K4); a process that dies half-way leaves no half key under the name.
 */
export async function createKeyFile(directory: KeyDirectory): Promise<SecretKey> {
  return await putKeyFile(directory, keyFileName, randomBytes(keyBytes));
}

/** Makes a key beside those that are there, with its id in the name of its file. */
export async function createRingKeyFile(directory: KeyDirectory): Promise<SecretKey> {
  const bytes = randomBytes(keyBytes);
  return await putKeyFile(directory, ringFileName(toSecretKey(bytes).id), bytes);
}

export const ringFileName = (id: string): string => `health-check.${id}.key`;

async function putKeyFile(directory: KeyDirectory, name: string, bytes: Buffer): Promise<SecretKey> {
  const file = path.join(directory.path, name);
  const temporary = path.join(directory.path, `.${name}.${randomUUID()}`);
  await writeDurably(temporary, bytes);
  try {
    await link(temporary, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
  await syncDirectory(directory.path);
  const key = await readKeyFile(file, directory.uid);
  if (key === undefined) throw new Error(`${file} was taken away while it was made`);
  return key;
}

async function openExisting(file: string): Promise<FileHandle | undefined> {
  try {
    // Without O_NONBLOCK a FIFO of that name would hang the start.
    return await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw fault(`${file}, a symbolic link`, 'put the file itself there', error);
    throw fault(
      `${file}, which cannot be read (${code})`,
      'make it readable for the user of this process',
      error,
    );
  }
}

function assertKeyFile(file: string, stats: Stats, uid: number): void {
  if (!stats.isFile()) throw fault(`${file}, which is no file`, 'put the key file there');
  if (stats.uid !== uid) throw fault(`${file} of user ${stats.uid}`, `chown ${uid} ${file}`);
  const mode = stats.mode & 0o7777;
  if (mode !== 0o600) throw fault(`${file} with mode ${octal(mode)}`, `chmod 600 ${file}`);
  if (stats.size !== keyBytes) {
    throw fault(`${file} of ${stats.size} bytes`, 'restore it from the backup of the keys');
  }
}

const fault = (given: string, repair: string, cause?: unknown): ConfigError =>
  new ConfigError('PATCHGATE_KEY_DIR', given, `an own file of ${keyBytes} bytes with mode 0600: ${repair}`, {
    cause,
  });

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    // The mask of the process may have taken bits away.
    await handle.chmod(0o600);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a directory lists is only on the disk when the directory itself has been written. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');
export const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
