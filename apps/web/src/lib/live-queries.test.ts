import type { LiveEvent } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { isConcerned } from './live-queries.js';

const [one, other, group] = [
  '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01',
  '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c02',
  '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c03',
];
const host: LiveEvent = { topic: 'host', data: { ids: [one] } };
const check: LiveEvent = { topic: 'check', data: { ids: [one] } };
const run: LiveEvent = { topic: 'run', data: { ids: [one] } };
const many: LiveEvent = { topic: 'host', data: { refetch: true } };
const overview: LiveEvent = { topic: 'overview', data: {} };
const reset: LiveEvent = { topic: 'reset', data: {} };

it.each([
  [host, ['hosts', 'one', one], true],
  [host, ['hosts', 'one', other], false],
  [many, ['hosts', 'one', other], true],
  [host, ['hosts', 'list', { q: 'web', group }], true],
  [host, ['hosts', 'of-group', group], true],
  [host, ['groups', 'one', group], true],
  [host, ['audit', 'host', one], true],
  [host, ['audit', 'host', other], false],
  [host, ['users', 'list', ''], false],
  [check, ['hosts', 'unhealthy'], true],
  [check, ['health-checks', one], true],
  [check, ['health-checks', 'results', one, other], true],
  [check, ['health-checks', other], false],
  [check, ['audit', 'latest'], false],
  [host, ['deploy', 'preview', { host_ids: [other] }], true],
  [check, ['deploy', 'preview', { host_ids: [one] }], false],
  [run, ['jobs', 'list', {}], true],
  [run, ['jobs', 'one', other], false],
  [run, ['jobs', 'of-host', other], true],
  [run, ['runs', 'one', one], true],
  [run, ['runs', 'one', other], false],
  [host, ['jobs', 'of-host', one], false],
  [overview, ['overview'], true],
  [overview, ['groups', 'one', group], true],
  [overview, ['hosts', 'one', one], false],
  [reset, ['users', 'list', ''], true],
  [{ topic: 'beat', data: {} } as const, ['overview'], false],
])('%j and %j: %s', (event, key, is) => {
  expect(isConcerned(event, key)).toBe(is);
});
