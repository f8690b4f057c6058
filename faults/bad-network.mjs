// Proxies that turn bad: part of all connections meets a fault, until there were enough.
import { setTimeout as delay } from 'node:timers/promises';
import { faultKinds } from './carry-badly.mjs';

/** Part of the connections that meet a fault; the others carry the work on. */
const partToAgents = 0.35;
const partToDatabase = 0.3;
/**
 * How far a connection gets before: to an agent it is a handshake of about 2,500 bytes and then orders of 500; one to
 * the database carries statement after statement.
 */
const mostBytesToAgents = 5_000;
const mostBytesToDatabase = 30_000;

/** @typedef {Record<string, number>} Histogram */

/**
 * @param {import('./lanes.mjs').Storm} storm
 * @param {import('./installation.mjs').Installation} installation
 * @param {{ faults: number }} wanted
 * @returns {Promise<Histogram>} how many of each kind there were
 */
export async function spoilNetwork({ random, note }, { proxies }, { faults }) {
  if (!proxies) throw new Error('there are no proxies');
  const { promise: enough, resolve } = Promise.withResolvers();
  /** @type {Histogram} */
  const happened = {};
  let total = 0;
  const mood = (/** @type {string} */ to, /** @type {number} */ part, /** @type {number} */ mostBytes) => ({
    draw: () =>
      random.next() < part
        ? {
            kind: random.pick(faultKinds),
            afterBytes: random.between(0, mostBytes),
            delayMs: random.between(50, 4_000),
          }
        : null,
    onFault: (/** @type {string} */ kind) => {
      const name = `${kind} to ${to}`;
      happened[name] = (happened[name] ?? 0) + 1;
      total += 1;
      note(name);
      if (total >= faults) resolve(undefined);
    },
  });
  proxies.toDatabase.turn(mood('the database', partToDatabase, mostBytesToDatabase));
  const toAgents = mood('an agent', partToAgents, mostBytesToAgents);
  for (const proxy of proxies.toAgents) proxy.turn(toAgents);
  await enough;
  proxies.calm();
  // What was delivered late comes now, or never.
  await delay(4_000);
  return happened;
}
