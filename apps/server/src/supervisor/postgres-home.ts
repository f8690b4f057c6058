import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerUser } from './system-user.js';
import { canReach } from './system-user.js';

const elsewhere = '/var/lib/patchgate';

/** Where the cluster of a data directory is, or would be when it can live inside. */
export function knownPostgresHome(dataDirectory: string): string {
  const note = noteFile(dataDirectory);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : path.join(dataDirectory, 'postgres');
}

/**
 * The cluster lives in the data directory, or under /var/lib when root started us from a place (such as /root) that
 * the user of PostgreSQL cannot reach. A note in the data directory names that place, so that removing the data
 * directory is still a fresh start.
 */
export function ensurePostgresHome(dataDirectory: string, user: ServerUser): string {
  const known = knownPostgresHome(dataDirectory);
  makeDirectory(known, user);
  if (canReach(user, known)) return known;
  if (existsSync(path.join(known, 'cluster'))) {
    throw new Error(
      `${known} holds a database, but ${user.switchTo?.name ?? 'this user'} cannot reach it: move the data ` +
        'directory (PATCHGATE_DATA_DIR) or let others pass its parent directories (chmod o+x)',
    );
  }
  const home = path.join(elsewhere, randomUUID());
  makeDirectory(home, user);
  writeFileSync(noteFile(dataDirectory), `${home}\n`);
  return home;
}

function noteFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'postgres-is-at');
}

function makeDirectory(directory: string, user: ServerUser): void {
  if (existsSync(directory)) return;
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, user.switchTo === undefined ? 0o700 : 0o711);
}
