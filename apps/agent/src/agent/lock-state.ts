import { rm } from 'node:fs/promises';
import path from 'node:path';

import { ConfigError } from '../config/config-error.js';
import { createOnce } from '../platform/durable-file.js';
import type { HostPaths } from '../platform/host-paths.js';
import { readIfThere } from '../platform/read-if-there.js';
import { identityOf, isAlive, runnerIdentity } from '../runs/runner-identity.js';

/**
 * Keeps a second agent out of the same state directory: two would write one journal.
 *
 * @returns what gives the directory back
 * @throws ConfigError while another agent lives
 */
export async function lockState(
  directory: string,
  pid: number,
  paths: HostPaths,
): Promise<() => Promise<void>> {
  const file = path.join(directory, 'agent.lock');
  const text = await readIfThere(file);
  const holder = text === null ? null : runnerIdentity.parse(JSON.parse(text));
  if (holder !== null && (await isAlive(holder, paths))) throw taken(directory, holder.pid);
  // What is left of an agent that was killed.
  if (holder !== null) await rm(file, { force: true });
  if (!(await createOnce(file, JSON.stringify(await identityOf(pid, paths))))) throw taken(directory, null);
  return () => rm(file, { force: true });
}

function taken(directory: string, pid: number | null): ConfigError {
  const whom = pid === null ? 'another agent' : `another agent (process ${pid})`;
  return new ConfigError(`state_directory: ${whom} uses ${directory}`);
}
