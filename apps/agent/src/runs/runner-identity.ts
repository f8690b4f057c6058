import path from 'node:path';
import { z } from 'zod';

import type { HostPaths } from '../platform/host-paths.js';
import { readIfThere } from '../platform/read-if-there.js';
import { hasCode } from '../platform/durable-file.js';
import { readBootId } from '../system/boot.js';

/** A process that is not mistaken for a later one with the same number. */
export const runnerIdentity = z.strictObject({
  pid: z.int(),
  /** Clock ticks after the start of the host (proc(5), stat, field 22). */
  start_time: z.string(),
  boot_id: z.string(),
});
export type RunnerIdentity = z.infer<typeof runnerIdentity>;

export async function identityOf(pid: number, paths: HostPaths): Promise<RunnerIdentity | null> {
  const startTime = await startTimeOf(pid, paths);
  return startTime === null ? null : { pid, start_time: startTime, boot_id: await readBootId(paths) };
}

export async function isAlive(identity: RunnerIdentity, paths: HostPaths): Promise<boolean> {
  const current = await identityOf(identity.pid, paths);
  return current?.start_time === identity.start_time && current.boot_id === identity.boot_id;
}

async function startTimeOf(pid: number, { proc }: HostPaths): Promise<string | null> {
  const stat = await readStat(path.join(proc, String(pid), 'stat'));
  // The name of the program stands in brackets and may itself hold blanks and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; it only waits for somebody to ask how.
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null);
}

async function readStat(file: string): Promise<string | null> {
  try {
    return await readIfThere(file);
  } catch (error) {
    // It ended between the opening and the reading.
    if (hasCode(error, 'ESRCH')) return null;
    throw error;
  }
}
