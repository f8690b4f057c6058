import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Replaces a file in one step that survives a power cut: whoever reads sees the old or the new text, whole. */
export async function writeDurably(file: string, content: string, mode = 0o600): Promise<void> {
  const written = await writeBeside(file, content, mode);
  await rename(written, file);
  await syncDirectory(path.dirname(file));
}

/**
 * Creates a file with its whole content unless it is there: of any number who try, in any number of processes, one
 * succeeds. `open` with O_EXCL would show an empty file to those who look between the creation and the write.
 *
 * @returns whether this call created it
 */
export async function createOnce(file: string, content: string): Promise<boolean> {
  const written = await writeBeside(file, content, 0o600);
  try {
    await link(written, file);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
  await syncDirectory(path.dirname(file));
  return true;
}

/** Makes the names in a directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function writeBeside(file: string, content: string, mode: number): Promise<string> {
  const beside = `${file}.${randomUUID()}.tmp`;
  const opened = await open(beside, 'wx', mode);
  try {
    await opened.writeFile(content);
    await opened.sync();
  } finally {
    await opened.close();
  }
  return beside;
}
