import { expect, test } from 'vitest';
import { isFiltered, parseBoardSearch } from './board-search.js';

test('an address says which runs are listed and which is open', () => {
  const run = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2e02';
  expect(parseBoardSearch({ status: 'in_progress', reason: 'check_failed', q: 'shop', run })).toEqual({
    ...{ q: 'shop', status: 'in_progress', reason: 'check_failed', run },
  });
});

test('what an address says that is no filter is left out, by name', () => {
  expect(parseBoardSearch({ status: 'lost', reason: '1', run: '../users' })).toEqual({
    ...{ q: undefined, status: undefined, reason: undefined, run: undefined },
  });
});

test('an open run is no filter', () => {
  expect(isFiltered({ run: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2e02' })).toBe(false);
  expect(isFiltered({ status: 'failed' })).toBe(true);
});
