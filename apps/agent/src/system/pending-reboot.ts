import { access, readdir } from 'node:fs/promises';
import { release } from 'node:os';
import path from 'node:path';

import { hasCode } from '../platform/durable-file.js';
import type { HostPaths } from '../platform/host-paths.js';
import { hasNewerKernel } from './newer-kernel.js';

/** Whether the host itself says that it waits for a restart: by the marker file or by a newer kernel. */
export async function isRebootPending(paths: HostPaths): Promise<boolean> {
  const hasMarker = await exists(path.join(paths.run, 'reboot-required'));
  return hasMarker || hasNewerKernel(release(), await namesIn(paths.boot));
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // Containers have no kernel of their own.
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
