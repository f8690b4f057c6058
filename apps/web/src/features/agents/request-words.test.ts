import type { EnrollmentView } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { collisionWords, systemWords } from './request-words.js';

const host = { with: 'host' as const, id: 'a', fqdn: 'web-01' };
const request = { with: 'request' as const, id: 'b', fqdn: 'web-02' };

it('says each object once, with all that is the same', () => {
  expect(
    collisionWords([
      { ...host, field: 'address' },
      { ...host, field: 'fqdn' },
      { ...request, field: 'machine_id' },
    ]),
  ).toEqual([
    {
      ...{ id: 'a', fqdn: 'web-01', isHost: true, same: 'the same address and port and the same name' },
      so: 'It cannot be approved while that host is there.',
    },
    {
      ...{ id: 'b', fqdn: 'web-02', isHost: false, same: 'the same machine id' },
      so: 'One is a copy of the other’s disk, or pretends to be it.',
    },
  ]);
});

it('tells a copied disk from a name that is taken', () => {
  expect(collisionWords([{ ...host, field: 'machine_id' }])[0]?.so).toMatch(/^One is a copy/);
  expect(collisionWords([{ ...request, field: 'fqdn' }])[0]?.so).toMatch(/^At most one/);
  expect(collisionWords([])).toEqual([]);
});

it.each([
  [{ os: 'debian', os_version: '12', kernel: '6.1' }, 'debian 12, kernel 6.1'],
  [{ os: null, os_version: null, kernel: '6.1' }, 'kernel 6.1'],
  [{ os: 'alpine', os_version: null, kernel: null }, 'alpine'],
  [{ os: null, os_version: null, kernel: null }, null],
])('calls the system of %j by what is known', (facts, words) => {
  expect(systemWords(facts as EnrollmentView)).toBe(words);
});
