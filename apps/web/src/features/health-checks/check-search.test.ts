import { expect, it } from 'vitest';
import { parseCheckSearch } from './check-search.js';

const id = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c30';

it.each([
  [{ check: 'new' }, 'new'],
  [{ check: id }, id],
  [{ check: `${id}/..` }, undefined],
  [{ check: 'delete' }, undefined],
  [{}, undefined],
])('reads which dialog is open from %j', (search, check) => {
  expect(parseCheckSearch(search)).toEqual({ check });
});
