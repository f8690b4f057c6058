import { expect, it } from 'vitest';
import { isFiltered, parseHostSearch } from './host-search.js';

const group = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10';

it('reads every filter of the list', () => {
  const search = {
    q: 'web',
    group,
    health: 'none',
    agent: 'unreachable',
    patches: 'security',
    sort: '-fqdn',
    dialog: 'add',
  };
  expect(parseHostSearch(search)).toStrictEqual(search);
});

it('drops what the server would refuse, so that an old or mistyped address still shows a list', () => {
  const search = {
    q: '',
    group: 'web',
    health: 'sick',
    agent: '1',
    patches: 'some',
    sort: 'size',
    dialog: 'x',
    page: '2',
  };
  // Every key is named: what the parser left out would come through from the raw address.
  expect(parseHostSearch(search)).toStrictEqual({
    q: undefined,
    group: undefined,
    health: undefined,
    agent: undefined,
    patches: undefined,
    sort: undefined,
    dialog: undefined,
  });
});

it('calls a list filtered when rows may be missing from it, and not when it is only sorted', () => {
  expect(isFiltered({ sort: 'fqdn', dialog: 'add' })).toBe(false);
  expect(isFiltered({ q: 'web' })).toBe(true);
  expect(isFiltered({ agent: 'connected' })).toBe(true);
  expect(isFiltered({ patches: 'none' })).toBe(true);
});
