// People who go on working: each write that was acknowledged is remembered, and looked for at the end.
import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 25;

/** @typedef {ReturnType<typeof startWriters>} Writers */

/** @param {import('./installation.mjs').Installation} installation */
export function startWriters({ api, rows }) {
  /** @type {Set<string>} */
  const acknowledged = new Set();
  /** @type {{ beganAtMs: number, answeredAtMs: number }} */
  let last = { beganAtMs: -Infinity, answeredAtMs: -Infinity };
  let isStopped = false;
  let unanswered = 0;
  const write = async (/** @type {number} */ lane) => {
    for (let n = 0; !isStopped; n += 1) {
      const beganAtMs = performance.now();
      const name = `lane ${lane} write ${n}`;
      const { status, body } = await api.call('POST', '/groups', { name });
      if (status === 201) {
        acknowledged.add(name);
        if (beganAtMs > last.beganAtMs) last = { beganAtMs, answeredAtMs: performance.now() };
      } else if (status === 0 || status >= 500) unanswered += 1;
      else throw new Error(`a write was refused: ${status} ${JSON.stringify(body)}`);
      await delay(everyMs);
    }
  };
  const done = Promise.all([write(0), write(1)]);
  done.catch(() => undefined);
  return {
    /** @param {number} sinceMs @returns {Promise<number>} milliseconds until a write that began after that was acknowledged */
    acknowledgedAfter: async (sinceMs) => {
      while (last.beganAtMs < sinceMs) await Promise.race([delay(5), done]);
      return last.answeredAtMs - sinceMs;
    },
    /** @returns {Promise<{ acknowledged: number, unanswered: number, lost: string[] }>} */
    stop: async () => {
      isStopped = true;
      await done;
      const found = new Set(
        (await rows("SELECT name FROM groups WHERE name LIKE 'lane %'")).map(({ name }) => name),
      );
      const lost = [...acknowledged].filter((name) => !found.has(name));
      return { acknowledged: acknowledged.size, unanswered, lost };
    },
  };
}
