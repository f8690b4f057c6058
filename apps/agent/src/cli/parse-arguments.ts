import { parseArgs } from 'node:util';

import { messageOf } from '../platform/messages.js';

const DEFAULT_CONFIG = '/etc/patchgate-agent/agent.json';

export type AgentCommand =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'unit' }
  | { kind: 'serve'; config: string }
  | { kind: 'check'; config: string }
  | { kind: 'enroll'; options: EnrollOptions }
  | { kind: 'transaction'; directory: string }
  | { kind: 'invalid'; message: string };

export interface EnrollOptions {
  readonly config: string;
  readonly manager: string | undefined;
  readonly token: string | undefined;
  readonly address: string | undefined;
  readonly port: string | undefined;
  readonly allow: readonly string[];
  readonly state: string;
}

export const usage = `usage: patchgate-agent [--config FILE]             serve the manager of this host
       patchgate-agent check [--config FILE]       say whether the settings and certificates are good
       patchgate-agent enroll --manager URL --token TOKEN [options]
       patchgate-agent unit                        print the systemd unit for this agent
       patchgate-agent --version | --help

enroll asks a manager to take this host in, and waits until an administrator approves it.
  --manager URL     the manager's address, such as https://patchgate.example.org
  --token TOKEN     from the page Agents, or: patchgate agent token create
  --address IPV4    how the manager reaches this host; else the address this host uses towards the manager
  --port N          the port the agent listens on (12443)
  --allow NETWORK   from where managers may connect, may stand several times; else the manager's address
  --config FILE     the settings to write (${DEFAULT_CONFIG})
  --state DIRECTORY keys, certificates and the journal (/var/lib/patchgate-agent)
`;

const text = { type: 'string' } as const;
const serveOptions = { config: { ...text, default: DEFAULT_CONFIG } };
const enrollOptions = {
  ...serveOptions,
  manager: text,
  token: text,
  address: text,
  port: text,
  allow: { ...text, multiple: true },
  state: { ...text, default: '/var/lib/patchgate-agent' },
} as const;

/** What the words of a command line ask for. */
export function parseArguments(args: readonly string[]): AgentCommand {
  if (args.includes('--help') || args.includes('-h') || args[0] === 'help') return { kind: 'help' };
  if (args[0] === '--version') return { kind: 'version' };
  if (args[0] === 'unit') return { kind: 'unit' };
  const [first = ''] = args;
  const name = first.startsWith('-') || first === '' ? 'serve' : first;
  const rest = name === 'serve' && first !== 'serve' ? [...args] : args.slice(1);
  try {
    return parseCommand(name, rest);
  } catch (error) {
    return { kind: 'invalid', message: messageOf(error) };
  }
}

function parseCommand(name: string, args: string[]): AgentCommand {
  switch (name) {
    case 'serve':
    case 'check':
      return { kind: name, config: parseArgs({ args, options: serveOptions }).values.config };
    case 'enroll': {
      const { values } = parseArgs({ args, options: enrollOptions });
      const { config, manager, token, address, port, allow = [], state } = values;
      return { kind: 'enroll', options: { config, manager, token, address, port, allow, state } };
    }
    case 'transaction': {
      const { directory } = parseArgs({ args, options: { directory: text } }).values;
      return directory === undefined
        ? { kind: 'invalid', message: '--directory is missing' }
        : { kind: 'transaction', directory };
    }
  }
  return { kind: 'invalid', message: `unknown command: ${name}` };
}
