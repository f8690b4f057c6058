import { randomBytes } from 'node:crypto';
import { hostname, networkInterfaces, release } from 'node:os';
import path from 'node:path';

import type { HostPaths } from '../platform/host-paths.js';
import { readIfThere } from '../platform/read-if-there.js';
import type { RunProgram } from '../platform/run-program.js';
import { ProgramMissing } from '../platform/run-program.js';
import { readOsRelease } from '../system/read-system-info.js';

export interface HostDescription {
  readonly machine_id: string;
  readonly fqdn: string;
  readonly hostname: string;
  readonly os_details: Readonly<Record<string, string>>;
}

/** What the host says of itself to whoever is to approve it. */
export async function describeHost(paths: HostPaths, run: RunProgram): Promise<HostDescription> {
  const os = await readOsRelease(paths);
  const details = {
    distro: 'NAME',
    version: 'VERSION_ID',
    id_like: 'ID_LIKE',
    codename: 'VERSION_CODENAME',
    name: 'ID',
  };
  const named = Object.entries(details).flatMap(([key, field]) => {
    const value = os.get(field);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    machine_id: await machineId(paths),
    fqdn: await fullName(run),
    hostname: hostname(),
    os_details: { ...Object.fromEntries(named), kernel: release() },
  };
}

/** The first IPv4 address that is not loopback; null on a host without one. */
export function firstAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}

/** machine-id(5). A container may have none; then one for this enrolment. */
async function machineId({ etc }: HostPaths): Promise<string> {
  const text = (await readIfThere(path.join(etc, 'machine-id')))?.trim() ?? '';
  return /^[0-9a-f]{32}$/.test(text) ? text : randomBytes(16).toString('hex');
}

async function fullName(run: RunProgram): Promise<string> {
  try {
    const { exitCode, stdout } = await run('hostname', ['--fqdn'], { timeoutMs: 5_000 });
    const name = stdout.trim();
    return exitCode === 0 && name !== '' && name !== 'localhost' ? name : hostname();
  } catch (error) {
    if (error instanceof ProgramMissing) return hostname();
    throw error;
  }
}
