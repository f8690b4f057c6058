/**
 * Orders two Debian versions as dpkg does: epoch, upstream, revision, each in turns of non-digits and numbers; `~` sorts
 * before everything, even the end (deb-version(7)).
 *
 * @returns below 0, 0 or above 0
 */
export function compareVersions(a: string, b: string): number {
  const [epochA, upstreamA, revisionA] = split(a);
  const [epochB, upstreamB, revisionB] = split(b);
  return (
    compareNumbers(epochA, epochB) || comparePart(upstreamA, upstreamB) || comparePart(revisionA, revisionB)
  );
}

function split(version: string): [epoch: string, upstream: string, revision: string] {
  const colon = version.indexOf(':');
  const epoch = colon < 0 ? '0' : version.slice(0, colon);
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  return dash < 0 ? [epoch, rest, ''] : [epoch, rest.slice(0, dash), rest.slice(dash + 1)];
}

function comparePart(a: string, b: string): number {
  const [turnsA, turnsB] = [turnsOf(a), turnsOf(b)];
  for (let turn = 0; turn < Math.max(turnsA.length, turnsB.length); turn += 1) {
    const [textA = '', numberA = ''] = turnsA[turn] ?? [];
    const [textB = '', numberB = ''] = turnsB[turn] ?? [];
    const order = compareTexts(textA, textB) || compareNumbers(numberA, numberB);
    if (order !== 0) return order;
  }
  return 0;
}

const turnsOf = (part: string): [string, string][] =>
  [...part.matchAll(/(\D*)(\d*)/g)].map(([, text = '', number = '']) => [text, number]);

function compareTexts(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = weightOf(a[index]) - weightOf(b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Letters before all other characters, the end before both, the tilde before the end. */
function weightOf(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

/** As text, because a number in a version may be longer than a double holds. */
function compareNumbers(a: string, b: string): number {
  const [plainA, plainB] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return plainA.length - plainB.length || (plainA < plainB ? -1 : Number(plainA > plainB));
}
