// Which failpoint is next: whatever was not reached often enough, and of those what had the fewest turns.

/** @typedef {ReturnType<typeof createTurns>} Turns */

/**
 * @param {readonly string[]} names
 * @param {import('./random.mjs').Random} random
 */
export function createTurns(names, random) {
  const turns = new Map(names.map((name) => [name, 0]));
  const hits = new Map(names.map((name) => [name, 0]));
  const count = (/** @type {Map<string, number>} */ map, /** @type {string} */ name) =>
    map.set(name, (map.get(name) ?? 0) + 1);
  return {
    /** @param {number} enough how often each has to be reached */
    next: (enough) => {
      const wanting = names.filter((name) => (hits.get(name) ?? 0) < enough);
      const candidates = wanting.length > 0 ? wanting : names;
      const fewest = Math.min(...candidates.map((name) => turns.get(name) ?? 0));
      const name = random.pick(candidates.filter((candidate) => turns.get(candidate) === fewest));
      count(turns, name);
      return name;
    },
    hit: (/** @type {string} */ name) => count(hits, name),
    hits: () => Object.fromEntries(hits),
    total: () => [...hits.values()].reduce((sum, n) => sum + n, 0),
  };
}

/**
 * How often a worker comes by unharmed before: mostly seldom, so that deaths are many; now and then often, so that it dies
 * in the middle of its work and not only at its beginning.
 *
 * @param {import('./random.mjs').Random} random
 */
export const passesBefore = (random) => random.between(0, random.pick([0, 2, 10, 40]));
