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
 * One line for people, one of JSON for programs. A budget is held against the median: one bad round is the machine's.
 *
 * @param {string} name
 * @param {string} unit
 * @param {readonly number[]} values one a round
 * @param {number} [budget] the most the median may be
 * @returns {boolean} whether it is within the budget
 */
export function say(name, unit, values, budget) {
  const figure = { min: Math.min(...values), median: median(values), max: Math.max(...values) };
  const isGood = budget === undefined || figure.median <= budget;
  const spread = Object.entries(figure).map(([label, value]) => `${label} ${short(value)}`);
  const verdict = budget === undefined ? '' : `  budget ${short(budget)}: ${isGood ? 'met' : 'MISSED'}`;
  console.log(`${name.padEnd(44)} ${spread.join('  ').padEnd(40)} ${unit.padEnd(6)}${verdict}`);
  console.log(JSON.stringify({ name, unit, ...figure, ...(budget !== undefined && { budget, isGood }) }));
  return isGood;
}

/** @param {number} value */
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {readonly number[]} percents how busy the machine was without us, one a round */
export function sayOthers(percents) {
  say('the machine without us', '%', percents);
  if (median(percents) > 20) console.log('others keep this machine busy: times are theirs as much as ours');
}
