import { expect, test } from 'vitest';
import { linesWith, logText, partsOf } from './log-lines.js';

const at = '2026-03-26T01:10:12.000Z';
const lines = [
  { seq: 1, at, source: 'manager' as const, line: 'order sent' },
  { seq: 2, at, source: 'agent' as const, line: 'Unpacking openssl (3.0.18) over (3.0.17) ...' },
  { seq: 3, at, source: 'agent' as const, line: 'Setting up OpenSSL' },
];

test('lines are found whatever their case, and all of them without a search', () => {
  expect(linesWith(lines, ' openssl ').map(({ seq }) => seq)).toEqual([2, 3]);
  expect(linesWith(lines, ' ')).toBe(lines);
  expect(linesWith(lines, 'kernel')).toEqual([]);
});

test('a file of the log says when, who and what', () => {
  expect(logText(lines.slice(0, 1))).toBe('2026-03-26T01:10:12.000Z manager order sent\n');
});

test('a line is cut around each find, in the words of the line', () => {
  expect(partsOf('Setting up OpenSSL, openssl', 'openssl')).toEqual([
    'Setting up ',
    'OpenSSL',
    ', ',
    'openssl',
    '',
  ]);
  expect(partsOf('Setting up', '')).toEqual(['Setting up']);
});
