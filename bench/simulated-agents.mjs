// Simulated agents with certificates of the manager, in a process of their own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @param {string} ledger a file that gets a line for everything that really happens on a simulated host
 * @param {readonly object[]} agents
 * @param {string} managerAuthority PEM
 * @returns {Promise<{ stop: () => void }>}
 */
export async function startAgents(ledger, agents, managerAuthority) {
  const program = path.resolve(import.meta.dirname, '../apps/fleet-sim/dist/main.agents.js');
  const child = spawn(process.execPath, [program, '--ledger', ledger], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(`${JSON.stringify({ command: 'start', agents, manager_authority: managerAuthority })}\n`);
  await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the simulated agents ended')));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  return { stop: () => child.kill('SIGKILL') };
}
