// How a figure is printed: with its spread, because a machine that does other things too measures those as well.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** @param {readonly number[]} values @param {number} percent */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/**
 * What the median is held against: one bad round is the machine's. Beyond `most` or below `least` the benchmark fails;
 * `aim` is where it should get to, in the same direction.
 *
 * @typedef {{ most: number, least?: undefined, aim?: number } | { least: number, most?: undefined, aim?: number }} Budget
 */

/**
 * One line for people, one of JSON for programs.
 *
 * @param {string} name
 * @param {string} unit
 * @param {readonly number[]} values one a round
 * @param {Budget} [budget]
 * @returns {boolean} whether it is within the budget
 */
export function say(name, unit, values, budget) {
  const figure = { min: Math.min(...values), median: median(values), max: Math.max(...values) };
  const isGood = budget === undefined || keeps(figure.median, budget);
  const spread =
    values.length === 1
      ? short(figure.median)
      : Object.entries(figure)
          .map(([label, value]) => `${label} ${short(value)}`)
          .join('  ');
  console.log(`${name.padEnd(48)} ${spread.padEnd(36)} ${unit.padEnd(6)}${verdict(figure.median, budget)}`);
  console.log(JSON.stringify({ name, unit, ...figure, ...budget, ...(budget && { isGood }) }));
  return isGood;
}

/** @param {number} value @param {Budget} budget */
const keeps = (value, { most = Infinity, least = -Infinity }) => value <= most && value >= least;

/** @param {number} value @param {Budget} [budget] */
function verdict(value, budget) {
  if (budget === undefined) return '';
  const isAtMost = budget.most !== undefined;
  const words = (/** @type {boolean} */ isKept) => (isKept ? 'met' : 'MISSED');
  const limit = `  ${isAtMost ? 'at most' : 'at least'} ${short(budget.most ?? budget.least)}: ${words(keeps(value, budget))}`;
  if (budget.aim === undefined) return limit;
  const isReached = keeps(value, isAtMost ? { most: budget.aim } : { least: budget.aim });
  return `${limit}; aim ${short(budget.aim)}: ${isReached ? 'reached' : 'not reached'}`;
}

/** @param {number} value */
const short = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {readonly number[]} percents how busy the machine was without us, one a round */
export function sayOthers(percents) {
  say('the machine without us', '%', percents);
  if (median(percents) > 20) console.log('others keep this machine busy: times are theirs as much as ours');
}
