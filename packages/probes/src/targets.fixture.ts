import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';

import type { ProbeContext } from './attempt.js';
import { WorkPermits } from './work-permits.js';

export interface Targets {
  readonly ports: Record<string, number>;
  readonly port: (name: string) => number;
  /** Connections a target has accepted so far. */
  readonly connections: (name: string) => number;
  readonly authority: string;
  readonly client: { cert: string; key: string };
  readonly stop: () => void;
}

/** What a target says on its output. */
type Line =
  | { ports: Record<string, number>; authority: string; client: { cert: string; key: string } }
  | { connection: string };

const program = path.resolve(import.meta.dirname, '../../../apps/fleet-sim/dist/main.targets.js');

/** The targets of the fleet simulator, in a process of their own. */
export async function startTargets(): Promise<Targets> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const seen = new Map<string, number>();
  const lines = createInterface({ input: child.stdout });
  const begun = await new Promise<Extract<Line, { ports: unknown }>>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the targets ended with ${code ?? 'a signal'}`)));
    lines.on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if ('ports' in line) resolve(line);
      else seen.set(line.connection, (seen.get(line.connection) ?? 0) + 1);
    });
  });
  return {
    ...begun,
    port: (name) => {
      const port = begun.ports[name];
      if (port === undefined) throw new Error(`there is no target ${name}`);
      return port;
    },
    connections: (name) => seen.get(name) ?? 0,
    stop: () => child.kill('SIGKILL'),
  };
}

/** Probes that may go to this machine, where the targets are. */
export function localContext(targets: Targets, changes: Partial<ProbeContext> = {}): ProbeContext {
  return {
    deadlineMs: 2_000,
    policy: createDialPolicy({ allow: ['127.0.0.0/8', '::1'] }),
    resolve: systemResolve,
    trust: new TlsTrust({ roots: [targets.authority] }),
    mutualTrust: new TlsTrust({ roots: [targets.authority], client: targets.client }),
    permits: new WorkPermits(100),
    nowMs: () => performance.now(),
    ...changes,
  };
}
