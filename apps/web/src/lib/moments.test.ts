import { describe, expect, it } from 'vitest';
import { momentInShort, momentInWords, spanInShort, zoneName } from './moments.js';

const zone = 'Europe/Berlin';
/** Thursday, 02:47 in Berlin. */
const now = Date.parse('2026-03-26T01:47:12Z');
const at = (instant: string): number => Date.parse(instant);

it.each([
  ['2026-03-27T21:00:00Z', 'Fri 22:00'],
  ['2026-03-26T00:00:00Z', 'Thu 01:00'],
  ['2026-04-01T21:00:00Z', 'Wed 23:00'],
  ['2026-04-01T22:30:00Z', 'Thu 2 Apr 00:30'],
  ['2026-04-03T23:00:00Z', 'Sat 4 Apr 01:00'],
])('names %s in a cell as “%s”', (instant, words) => {
  expect(momentInShort(at(instant), now, zone)).toBe(words);
});

describe('in a sentence', () => {
  it.each([
    ['2026-03-26T01:40:00Z', 'now'],
    ['2026-03-26T01:48:00Z', 'now'],
    ['2026-03-26T21:00:00Z', 'today at 22:00'],
    ['2026-03-26T23:30:00Z', 'tomorrow at 00:30'],
    ['2026-03-29T20:00:00Z', 'on Sunday at 22:00'],
    ['2026-04-03T23:00:00Z', 'on 4 April at 01:00'],
  ])('%s is “%s”', (instant, words) => {
    expect(momentInWords(at(instant), now, zone)).toBe(words);
  });
});

it('says the day of a span once where it is one', () => {
  const close = at('2026-03-28T01:00:00Z');
  expect(spanInShort(at('2026-03-27T21:00:00Z'), close, now, zone)).toBe('Fri 22:00 to Sat 02:00');
  expect(spanInShort(at('2026-03-27T23:30:00Z'), close, now, zone)).toBe('Sat 00:30 to 02:00');
});

it('names the zone as it is called that day', () => {
  expect(zoneName(now, zone)).toMatch(/^(CET|GMT\+1)$/);
  expect(zoneName(now, 'UTC')).toBe('UTC');
});
