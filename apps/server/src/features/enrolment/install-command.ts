import { digestAgentFile } from './agent-files.js';

interface Digests {
  /** SHA-256 in lower-case hex. */
  readonly installer: string;
  readonly agent: string;
}

/**
 * What a person pastes into a shell of the host; null while the files of the agent are not there.
 *
 * @param url scheme, host and port alone, with nothing in it that means anything to a shell
 */
export async function installCommand(url: string, token: string): Promise<string | null> {
  const [installer, agent] = await Promise.all([digestAgentFile('install.sh'), digestAgentFile('agent.mjs')]);
  return installer === null || agent === null ? null : commandFor(url, token, { installer, agent });
}

/**
 * The manager's certificate cannot be checked before its authority is known there, so what is fetched is checked instead:
 * the installer by its digest, and by it the agent by another; the authority by its fingerprint in the token.
 */
export const commandFor = (url: string, token: string, { installer, agent }: Digests): string =>
  [
    // A file of its own, not one of a known name: that could be somebody else's by the time it is run.
    `f=$(mktemp) && curl -fsSk ${url}/agent/install.sh -o "$f"`,
    `echo "${installer}  $f" | sha256sum -c -`,
    // Nothing where there is no sudo, as in a shell of root.
    `$(command -v sudo) sh "$f" --manager ${url} --token ${token} --agent-sha256 ${agent}`,
  ].join(' && ');
