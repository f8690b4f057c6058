// What really happened on the simulated hosts: their own append-only file, read as it grows. It is the oracle.
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * @typedef {object} Deed
 * @property {number} at milliseconds since 1970
 * @property {string} host_id
 * @property {'transaction_started' | 'transaction_ended' | 'rebooted' | 'order_refused'} deed
 * @property {string} id of the run, or of the job of an agent that knows no runs
 * @property {string} [detail]
 */

/** @typedef {ReturnType<typeof openLedger>} Ledger */

/** @param {string} file that exists */
export function openLedger(file) {
  const descriptor = openSync(file, 'r');
  const chunk = Buffer.alloc(1024 * 1024);
  /** @type {Deed[]} */
  const deeds = [];
  let rest = '';
  return {
    /** @returns {readonly Deed[]} everything so far, in order */
    read: () => {
      for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk)) {
        const lines = (rest + chunk.toString('utf8', 0, length)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const { at, ...deed } = JSON.parse(line);
          deeds.push({ at: Date.parse(at), ...deed });
        }
      }
      return deeds;
    },
    close: () => closeSync(descriptor),
  };
}
