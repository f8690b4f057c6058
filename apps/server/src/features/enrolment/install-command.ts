import { digestAgentFile } from './agent-files.js';

/**
 * What a person pastes into a shell of the host. The manager's certificate cannot be checked before its authority is
 * known there, so what is fetched is checked instead: the installer by its digest, and by it the agent by another; the
 * authority by its fingerprint in the token.
 *
 * @returns null while the files of the agent are not there
 */
export async function installCommand(url: string, token: string): Promise<string | null> {
  const [installer, agent] = await Promise.all([digestAgentFile('install.sh'), digestAgentFile('agent.mjs')]);
  if (installer === null || agent === null) return null;
  return [
    // A file of its own, not one of a known name: that could be somebody else's by the time it is run.
    `f=$(mktemp) && curl -fsSk ${url}/agent/install.sh -o "$f"`,
    `echo "${installer}  $f" | sha256sum -c -`,
    // Nothing where there is no sudo, as in a shell of root.
    `$(command -v sudo) sh "$f" --manager ${url} --token ${token} --agent-sha256 ${agent}`,
  ].join(' && ');
}
