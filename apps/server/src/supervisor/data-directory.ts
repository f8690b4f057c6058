import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../config/config-error.js';

/**
 * Makes the data directory. Root's is passable for others, because the user PostgreSQL runs as must reach its part;
 * what is secret in it is readable by its owner alone.
 */
export function ensureDataDirectory(directory: string, uid: number): void {
  if (makeDirectory(directory)) chmodSync(directory, uid === 0 ? 0o711 : 0o700);
  const owner = statSync(directory).uid;
  if (uid !== 0 && owner !== uid) {
    throw new Error(
      `${directory} belongs to user ${owner}, not to you (${uid}): start as that user, or choose another PATCHGATE_DATA_DIR`,
    );
  }
  mkdirSync(path.join(directory, 'logs'), { recursive: true, mode: 0o700 });
}

/** @returns whether it was not there before */
function makeDirectory(directory: string): boolean {
  try {
    return mkdirSync(directory, { recursive: true }) !== undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const expected = 'a directory that is there or can be made';
    throw new ConfigError('PATCHGATE_DATA_DIR', `${directory} (${String(code)})`, expected, { cause });
  }
}
