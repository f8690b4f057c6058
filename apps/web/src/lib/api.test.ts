import { expect, it } from 'vitest';
import { urlOf } from './api.js';

it('fills parameters so that none of them can change the path', () => {
  expect(urlOf('/hosts/:id', { params: { id: 'a/../b?c' } })).toBe('/api/v1/hosts/a%2F..%2Fb%3Fc');
});

it('fills every parameter of a path', () => {
  const params = { id: '1', user_id: '2' };
  expect(urlOf('/groups/:id/users/:user_id', { params })).toBe('/api/v1/groups/1/users/2');
});

it('leaves out queries that are not given and escapes the others', () => {
  expect(urlOf('/hosts', { query: { q: 'a&b', group: undefined, limit: 200 } })).toBe(
    '/api/v1/hosts?q=a%26b&limit=200',
  );
});

it('refuses to ask without a parameter the path needs', () => {
  expect(() => urlOf('/hosts/:id', {})).toThrow('lacks its parameter id');
});
