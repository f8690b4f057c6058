// Watches the open runs: one that does not move for too long, and does not say why, is stuck.
import { setTimeout as delay } from 'node:timers/promises';

export const stuckAfterMs = 60_000;
const everyMs = 1_000;

/** What changes when a run gets on. A claim alone is no progress: nobody is helped by being claimed. */
const look = `SELECT id, status, reason, detail, crash_count, md5(concat_ws('|', status, reason, detail, attempt,
    next_attempt_at, next_step_at, agent_log_seq, progress, phase, unreachable_since, verification_checks)) AS state
  FROM patch_job_hosts WHERE ended_at IS NULL`;

/** @typedef {ReturnType<typeof watchProgress>} Progress */

/**
 * @param {import('./installation.mjs').Installation} installation
 * @param {number} patienceMs
 */
export function watchProgress(installation, patienceMs) {
  /** @type {Map<string, { state: string, sinceMs: number }>} */
  const seen = new Map();
  /** @type {Map<string, import('./judge.mjs').Violation>} */
  const stuck = new Map();
  let open = 0;
  let longestMs = 0;
  let movedAtMs = performance.now();
  let isStopped = false;
  const glance = async () => {
    const rows = await installation.rows(look);
    const now = performance.now();
    if (rows.length !== open) movedAtMs = now;
    open = rows.length;
    const ids = new Set(rows.map(({ id }) => id));
    for (const id of [...seen.keys()].filter((known) => !ids.has(known))) seen.delete(id);
    for (const { id, state, status, reason, crash_count } of rows) {
      const before = seen.get(id);
      if (before === undefined || before.state !== state) {
        seen.set(id, { state, sinceMs: now });
        movedAtMs = now;
        continue;
      }
      if (reason !== null) continue;
      longestMs = Math.max(longestMs, now - before.sinceMs);
      if (now - before.sinceMs > patienceMs && !stuck.has(id)) {
        stuck.set(id, {
          kind: 'stuck',
          what: `run ${id} is ${status} and does not move, claimed ${crash_count} times`,
        });
      }
    }
  };
  const done = (async () => {
    while (!isStopped) {
      // Nobody can look while PostgreSQL is away.
      await glance().catch(() => undefined);
      await delay(everyMs);
    }
  })();
  return {
    stuck: () => [...stuck.values()],
    /** Of all runs without a reason, the longest without a move so far, in seconds. */
    longestSeconds: () => longestMs / 1000,
    /** @param {number} patienceS seconds without any move at all after which there is nothing to wait for */
    allEnded: async (patienceS) => {
      await glance().catch(() => undefined);
      while (open > 0 && performance.now() - movedAtMs < patienceS * 1000) await delay(200);
      return open === 0;
    },
    stop: async () => {
      isStopped = true;
      await done;
    },
  };
}
