import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { HostPaths } from '../platform/host-paths.js';

/** The kernel's name for this boot; another after every restart of the host. */
export async function readBootId({ proc }: HostPaths): Promise<string> {
  return (await readFile(path.join(proc, 'sys/kernel/random/boot_id'), 'utf8')).trim();
}

/** Whole seconds since the host started. */
export async function readUptimeSeconds({ proc }: HostPaths): Promise<number> {
  return Math.floor(Number((await readFile(path.join(proc, 'uptime'), 'utf8')).split(' ', 1)[0]));
}
