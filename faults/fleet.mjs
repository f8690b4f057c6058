// Simulated agents and the targets of checks, each in a process of their own.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openLedger } from './ledger.mjs';

const simulator = path.resolve(import.meta.dirname, '../apps/fleet-sim/dist');

/** @typedef {Awaited<ReturnType<typeof startFleet>>} Fleet */

/**
 * @param {string} ledgerFile
 * @param {readonly object[]} agents see apps/fleet-sim/src/agents/script.ts
 * @param {string} managerAuthority PEM
 */
export async function startFleet(ledgerFile, agents, managerAuthority) {
  closeSync(openSync(ledgerFile, 'a'));
  const agentProcess = startSimulator(['main.agents.js', '--ledger', ledgerFile]);
  const ask = async (/** @type {object} */ given) => {
    agentProcess.stdin.write(`${JSON.stringify(given)}\n`);
    return JSON.parse(await agentProcess.nextLine());
  };
  const { ports } = await ask({ command: 'start', agents, manager_authority: managerAuthority });
  const ledger = openLedger(ledgerFile);
  // One at a time, because answers carry no name.
  let queue = Promise.resolve();
  return {
    ledger,
    /** @param {string} hostId @returns {number} */
    portOf: (hostId) => ports[hostId],
    /** @param {object} given @returns {Promise<void>} */
    command: (given) => (queue = queue.then(() => ask(given))),
    stop: () => {
      ledger.close();
      agentProcess.stop();
    },
  };
}

/** @returns {Promise<{ urls: Record<'good' | 'bad', string>, stop: () => void }>} */
export async function startTargets() {
  const targets = startSimulator(['main.targets.js', '--quiet']);
  const { ports } = JSON.parse(await targets.nextLine());
  const at = (/** @type {string} */ page) => `http://127.0.0.1:${ports.good}${page}`;
  return { urls: { good: at('/ok'), bad: at('/down') }, stop: targets.stop };
}

/** @param {readonly string[]} args */
function startSimulator([program = '', ...args]) {
  const commandLine = ['--pdeathsig=KILL', '--', process.execPath, path.join(simulator, program), ...args];
  const child = spawn('setpriv', commandLine, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    stdin: child.stdin,
    nextLine: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the simulator ${program} ended`);
      return String(value);
    },
    stop: () => child.kill('SIGKILL'),
  };
}
