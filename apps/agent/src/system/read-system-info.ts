import type { SystemInfo } from '@patchgate/contracts/agent';
import { arch, hostname, release } from 'node:os';
import path from 'node:path';

import { AgentRefusal } from '../http/agent-refusal.js';
import type { PackageSystem } from '../packages/package-system.port.js';
import type { HostPaths } from '../platform/host-paths.js';
import { messageOf } from '../platform/messages.js';
import { readIfThere } from '../platform/read-if-there.js';
import { parseOsRelease } from './os-release.js';

interface SystemSources {
  readonly paths: HostPaths;
  /** Null where no package system is supported. */
  readonly packages: PackageSystem | null;
  /** When the last run ended well. */
  readonly lastApplyAt: () => string | null;
  readonly isRebootPending: () => Promise<boolean>;
}

/** Node's names beside those that distributions use. */
const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686' };

/** @throws AgentRefusal `SYSTEM_INFO_ERROR` */
export async function readSystemInfo(sources: SystemSources): Promise<SystemInfo> {
  const { paths, packages, lastApplyAt, isRebootPending } = sources;
  try {
    const [os, isPending, checkedAt, isClean] = await Promise.all([
      readOsRelease(paths),
      isRebootPending(),
      packages?.indexReadAt() ?? null,
      packages?.isClean(),
    ]);
    return {
      hostname: hostname(),
      os: os.get('NAME') ?? 'Linux',
      os_version: os.get('VERSION_ID') ?? '',
      kernel: release(),
      architecture: architectures[arch()] ?? arch(),
      last_update_check: checkedAt?.toISOString() ?? null,
      last_update_apply: lastApplyAt(),
      pending_reboot: isPending,
      ...(isClean === undefined ? {} : { package_db_clean: isClean }),
    };
  } catch (error) {
    const message = `the host cannot be read: ${messageOf(error)}`;
    throw new AgentRefusal('SYSTEM_INFO_ERROR', message, { isRetryable: true, cause: error });
  }
}

export async function readOsRelease({ etc, usrLib }: HostPaths): Promise<ReadonlyMap<string, string>> {
  const file = 'os-release';
  const text = (await readIfThere(path.join(etc, file))) ?? (await readIfThere(path.join(usrLib, file)));
  return parseOsRelease(text ?? '');
}
