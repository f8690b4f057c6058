// Workers that are there before they are needed: one is warm while the others work, so that a death costs no start.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { startChild } from './child.mjs';

const entry = path.resolve(import.meta.dirname, 'worker.mjs');

/** @typedef {ReturnType<typeof takeOver>} Worker */
/** @typedef {ReturnType<typeof createPool>} WorkerPool */

/**
 * @typedef {object} Arm
 * @property {string} failpoint where it happens
 * @property {number} passes how often it comes by there unharmed before
 * @property {'SIGKILL' | 'SIGSTOP'} signal that it sends to itself
 */

/**
 * @param {Record<string, string>} environment
 * @param {{ spares: number, server?: string }} options the compiled server, where it is not the usual one
 */
export function createPool(environment, { spares, server }) {
  const settings = { ...environment, ...(server !== undefined && { PATCHGATE_FAULTS_SERVER: server }) };
  /** @type {Set<import('./child.mjs').Child>} */
  const alive = new Set();
  const start = () => {
    const child = startChild([entry], settings);
    alive.add(child);
    void child.ended.then(() => alive.delete(child));
    return child;
  };
  const warm = Array.from({ length: spares }, start);
  const take = () => {
    warm.push(start());
    return takeOver(/** @type {import('./child.mjs').Child} */ (warm.shift()));
  };
  return {
    take,
    /** One whose start loses its database ends, and whoever looks after it starts it again; so does this. */
    takeReady: async () => {
      for (;;) {
        const worker = take();
        if (await worker.isReady()) return worker;
      }
    },
    /** Ends all of them, as a power cut would. */
    close: async () => {
      await Promise.all(
        [...alive].map((child) => {
          child.kill('SIGKILL');
          return child.ended;
        }),
      );
    },
  };
}

/** @param {import('./child.mjs').Child} child */
function takeOver(child) {
  child.tell({ begin: true });
  return {
    ...{ pid: child.pid, ended: child.ended, said: child.said, isRunning: child.isRunning, kill: child.kill },
    /** @param {Arm | null} next instead of what it was armed with */
    arm: (next) => child.tell({ begin: true, arm: next }),
    /** Waits until it works; false when its start has failed, as one without a database does. */
    isReady: async () => {
      const how = await Promise.race([child.ended, child.saying(/"worker ready"/).catch(() => child.ended)]);
      if (how === 1) return false;
      if (typeof how !== 'object')
        throw new Error(`a worker ended with ${how} at its start:\n${child.said()}`);
      return true;
    },
    /** Of proc_pid_stat(5): T. */
    isStopped: () => {
      try {
        return /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
      } catch {
        return false;
      }
    },
  };
}
