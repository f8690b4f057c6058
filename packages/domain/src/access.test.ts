import { describe, expect, it } from 'vitest';
import { isAllowed, seesEverything } from './access.js';
import type { Access, Role } from './access.js';

describe('isAllowed', () => {
  const table: [Role | null, Access, boolean][] = [
    [null, 'public', true],
    [null, 'viewer', false],
    [null, 'operator', false],
    [null, 'admin', false],
    ['viewer', 'public', true],
    ['viewer', 'viewer', true],
    ['viewer', 'operator', false],
    ['viewer', 'admin', false],
    ['operator', 'viewer', true],
    ['operator', 'operator', true],
    ['operator', 'admin', false],
    ['admin', 'viewer', true],
    ['admin', 'operator', true],
    ['admin', 'admin', true],
  ];
  it.each(table)('answers %s asking for %s with %s', (role, access, expected) => {
    expect(isAllowed(role, access)).toBe(expected);
  });
});

describe('seesEverything', () => {
  it('is true for administrators only', () => {
    expect(['admin', 'operator', 'viewer'].filter((role) => seesEverything(role as Role))).toEqual(['admin']);
  });
});
