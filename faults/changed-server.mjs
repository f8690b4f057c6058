// The server with something about it changed: a copy of what was compiled, in which words are replaced by others. Nothing
// in the program itself knows of it.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const server = path.resolve(import.meta.dirname, '../apps/server');
const runs = (/** @type {string} */ file) => `features/runs/${file}.js`;

/** @typedef {{ file: string, is: string, becomes: string }} Change */

/** Of a worker that was killed; 15 s of waiting after each of a thousand deaths is only waiting. */
export const quickLeaseMs = 4_000;
export const leaseMs = 15_000;

export const changes = {
  quickLeases: [
    { file: runs('claim-due-runs'), is: 'leaseMs = 15_000', becomes: 'leaseMs = 4_000' },
    { file: runs('runs.task'), is: 'Interval(5_000)', becomes: 'Interval(1_000)' },
  ],
  /** Whoever writes is believed to have the run still, and whoever means to send an order to be the first. */
  withoutFence: [
    { file: runs('dispatched-run.repository'), is: ' AND r.fence = ${fence}', becomes: '' },
    {
      file: runs('dispatched-run.repository'),
      is: " AND fence = ${fence} AND status = 'dispatching' AND intent_at IS NULL",
      becomes: '',
    },
    { file: runs('renew-leases'), is: ' AND c.fence = r.fence', becomes: '' },
    { file: runs('decide-attempts'), is: 'run.fence !== attempt.claim.fence || ', becomes: '' },
    { file: runs('run.repository'), is: ' AND r.fence = n.fence', becomes: '' },
  ],
};

/**
 * @param {readonly Change[]} wanted each must find its words, else what is measured would be the program as it is
 * @returns {{ path: string, remove: () => void }}
 */
export function changeServer(wanted) {
  // Below the folder of the modules, where what it imports is found and nothing else looks.
  const copy = path.join(server, 'node_modules/.cache', `changed-${process.pid}`);
  cpSync(path.join(server, 'dist'), copy, { recursive: true });
  for (const { file, is, becomes } of wanted) {
    const place = path.join(copy, file);
    const text = readFileSync(place, 'utf8');
    if (!text.includes(is)) throw new Error(`there is no "${is}" in ${file}`);
    writeFileSync(place, text.replaceAll(is, becomes));
  }
  return { path: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
