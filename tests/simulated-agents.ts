import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const program = path.resolve(import.meta.dirname, '../apps/fleet-sim/dist/main.agents.js');

interface Pair {
  cert: string;
  key: string;
}

interface Deed {
  host_id: string;
  deed: string;
  id: string;
  detail?: string;
}

export interface SimulatedAgents {
  /** PEM of the authority of the fleet, and of a manager whom it trusts. */
  readonly authority: string;
  readonly manager: Pair;
  readonly portOf: (hostId: string) => number;
  /** Starts more of them, changes how one behaves, or ends it; done when it is done. */
  readonly command: (command: object) => Promise<unknown>;
  /** What really happened so far. */
  readonly deeds: () => readonly Deed[];
  readonly stop: () => void;
}

/**
 * Simulated agents in a process of their own, over real mutual TLS.
 *
 * @param agents at least one; see `apps/fleet-sim/src/agents/script.ts`
 */
export async function startAgents(
  agents: readonly object[],
  managerAuthority?: string,
): Promise<SimulatedAgents> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchgate-agents-'));
  const ledger = path.join(folder, 'ledger.jsonl');
  const child = spawn(process.execPath, [program, '--ledger', ledger], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the simulated agents ended with ${code ?? 'a signal'}`)));
  });
  ended.catch(() => undefined);
  const command = async (given: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(given)}\n`);
    const { value, done } = await Promise.race([lines.next(), ended]);
    return done === true ? ended : JSON.parse(value);
  };
  const first = {
    command: 'start',
    agents,
    ...(managerAuthority !== undefined && { manager_authority: managerAuthority }),
  };
  const started = (await command(first)) as {
    ports: Record<string, number>;
    authority: string;
    manager: Pair;
  };
  const ports = new Map(Object.entries(started.ports));
  return {
    ...{ authority: started.authority, manager: started.manager },
    portOf: (hostId) => {
      const port = ports.get(hostId);
      if (port === undefined) throw new Error(`there is no simulated host ${hostId}`);
      return port;
    },
    command: async (given) => {
      const answer = await command(given);
      for (const [id, port] of Object.entries((answer as { ports?: Record<string, number> }).ports ?? {}))
        ports.set(id, port);
      return answer;
    },
    deeds: () =>
      readFileSync(ledger, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Deed),
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}
