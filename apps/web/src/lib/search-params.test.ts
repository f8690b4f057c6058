import { describe, expect, it } from 'vitest';
import { idOf, oneOf, parseSearch, stringifySearch, textOf } from './search-params.js';

describe('the search of an address', () => {
  it('keeps text that looks like a number or JSON as text', () => {
    expect(parseSearch('?q=10&health={"a":1}')).toEqual({ q: '10', health: '{"a":1}' });
  });

  it('comes back as it was written', () => {
    const search = { q: 'a&b=c d/é', group: 'x' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });

  it('leaves out what says nothing', () => {
    expect(stringifySearch({ q: '', health: undefined, dialog: 'add' })).toBe('?dialog=add');
    expect(stringifySearch({})).toBe('');
  });
});

describe('values typed by hand', () => {
  it('are taken when allowed and dropped otherwise', () => {
    expect(oneOf(['a', 'b'], 'b')).toBe('b');
    expect(oneOf(['a', 'b'], 'B')).toBeUndefined();
    expect(oneOf(['a', 'b'], ['a'])).toBeUndefined();
  });

  it('are cut to what the server takes as a search', () => {
    expect(textOf('x'.repeat(300))).toHaveLength(200);
    expect(textOf('   ')).toBeUndefined();
    expect(textOf(5)).toBeUndefined();
  });

  it('are an id only when they are a UUID in lower case', () => {
    expect(idOf('0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20')).toBe('0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20');
    expect(idOf('0195D0A1-7c3e-7a41-9b52-5a4a3f1d2c20')).toBeUndefined();
    expect(idOf("' OR 1=1")).toBeUndefined();
  });
});
