import { readFile } from 'node:fs/promises';

import { firstIssue, messageOf } from '../platform/messages.js';
import { hasCode } from '../platform/durable-file.js';
import type { AgentConfig } from './config.schema.js';
import { agentConfig } from './config.schema.js';
import { ConfigError } from './config-error.js';

/** @throws ConfigError that says in one line which file and which field is wrong */
export async function readConfig(file: string): Promise<AgentConfig> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const why = hasCode(error, 'ENOENT')
      ? 'there is no such file; enrol this host first: patchgate-agent enroll --manager URL --token TOKEN'
      : messageOf(error);
    throw new ConfigError(`${file}: ${why}`, { cause: error });
  }
  return parseConfig(file, text);
}

/** @throws ConfigError */
export function parseConfig(file: string, text: string): AgentConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${file}: no JSON: ${messageOf(error).replaceAll('\n', ' ')}`, { cause: error });
  }
  const parsed = agentConfig.safeParse(json);
  if (!parsed.success) {
    throw new ConfigError(`${file}: ${firstIssue(parsed.error)}`, { cause: parsed.error });
  }
  return parsed.data;
}
