// Randomness that a seed replays. How fast the machine is, it cannot replay.

/**
 * @typedef {object} Random
 * @property {number} seed
 * @property {() => number} next from 0 to below 1
 * @property {(from: number, to: number) => number} between whole numbers, both included
 * @property {<T>(list: readonly T[]) => T} pick one of a list that is not empty
 * @property {<T>(list: readonly T[]) => T[]} shuffled
 */

/**
 * mulberry32: 32 bits of state, evenly spread, the same on every machine.
 *
 * @param {number} seed
 * @returns {Random}
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (/** @type {number} */ from, /** @type {number} */ to) =>
    from + Math.floor(next() * (to - from + 1));
  return {
    seed,
    next,
    between,
    pick: (list) => /** @type {any} */ (list[between(0, list.length - 1)]),
    shuffled: (list) => {
      const rest = [...list];
      for (let last = rest.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [rest[last], rest[other]] = /** @type {[any, any]} */ ([rest[other], rest[last]]);
      }
      return rest;
    },
  };
}
