import { expect, it } from 'vitest';
import { initialsOf } from './initials.js';

it.each([
  ['Anna Lindqvist', 'AL'],
  ['omar', 'O'],
  ['jean-luc de la tour', 'JT'],
  ['', ''],
  ['Ångström', 'Å'],
])('makes of “%s” the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
