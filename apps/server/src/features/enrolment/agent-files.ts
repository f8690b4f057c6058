import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Seen from the compiled and from the source file alike. */
const root = resolve(import.meta.dirname, '../../../../..');

/** What a host fetches to become one, by its name below `/agent/`. */
export const agentFiles = {
  'install.sh': { path: resolve(root, 'deploy/agent/install.sh'), type: 'text/x-shellscript; charset=utf-8' },
  'agent.mjs': { path: resolve(root, 'apps/agent/dist/agent.mjs'), type: 'text/javascript; charset=utf-8' },
} as const;

export type AgentFile = keyof typeof agentFiles;

/** @returns null while the file is not part of this build */
export async function readAgentFile(name: AgentFile): Promise<Buffer | null> {
  try {
    return await readFile(agentFiles[name].path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** SHA-256 of a file in lower-case hex, as `sha256sum` writes it; null while there is none. */
export async function digestAgentFile(name: AgentFile): Promise<string | null> {
  const content = await readAgentFile(name);
  return content && createHash('sha256').update(content).digest('hex');
}
