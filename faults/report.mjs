// Figures: a line of JSON each for programs, and a table at the end for people.

/** @typedef {{ name: string, value: number | string, most?: number, least?: number }} Figure */

const isKept = (/** @type {Figure} */ { value, most, least }) =>
  (most === undefined || Number(value) <= most) && (least === undefined || Number(value) >= least);

/**
 * @param {string} title
 * @param {readonly Figure[]} figures
 * @param {(line: string) => void} print
 * @returns {boolean} whether all are as they have to be
 */
export function report(title, figures, print) {
  for (const figure of figures) {
    const hasLimit = figure.most !== undefined || figure.least !== undefined;
    print(JSON.stringify({ fault: title, ...figure, ...(hasLimit && { isGood: isKept(figure) }) }));
  }
  print(`\n${title}`);
  for (const figure of figures) {
    const { name, value, most, least } = figure;
    const limit = most !== undefined ? `at most ${most}` : least !== undefined ? `at least ${least}` : '';
    const verdict = limit === '' ? '' : isKept(figure) ? 'met' : 'MISSED';
    print(`  ${name.padEnd(52)} ${shown(value).padStart(10)}  ${limit.padEnd(14)} ${verdict}`.trimEnd());
  }
  return figures.every(isKept);
}

/** @param {number | string} value */
const shown = (value) =>
  typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(1) : String(value);
