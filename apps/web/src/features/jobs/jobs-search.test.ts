import { expect, it } from 'vitest';
import { isFiltered, parseJobsSearch } from './jobs-search.js';

it('reads the filters of an address', () => {
  const raw = { q: 'march', show: 'live', status: 'paused' };
  expect(parseJobsSearch(raw)).toEqual(raw);
});

it('drops what an address typed by hand may say', () => {
  const parsed = parseJobsSearch({ q: ' ', show: 'all', status: 'done', other: 'x' });
  expect(parsed).toEqual({ q: undefined, show: undefined, status: undefined });
  expect(isFiltered(parsed)).toBe(false);
});

it.each([{ q: 'x' }, { show: 'ended' }, { status: 'failed' }] as const)('is filtered with %j', (search) => {
  expect(isFiltered(search)).toBe(true);
});
