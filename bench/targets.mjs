// What is probed: the targets of the simulated fleet, in a process of their own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** @returns {Promise<{ pid: number, ports: Record<string, number>, stop: () => void }>} */
export async function startTargets() {
  const program = path.resolve(import.meta.dirname, '../apps/fleet-sim/dist/main.targets.js');
  const child = spawn(process.execPath, [program, '--quiet'], { stdio: ['pipe', 'pipe', 'inherit'] });
  /** @type {Record<string, number>} */
  const ports = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the targets ended')));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).ports));
  });
  return { pid: child.pid ?? 0, ports, stop: () => child.kill('SIGKILL') };
}
