import { expect, it } from 'vitest';
import { parseSignInSearch } from './sign-in-search.js';

it('leads back to the page that was asked for', () => {
  expect(parseSignInSearch({ to: '/hosts?q=web', ended: 'yes' })).toEqual({
    to: '/hosts?q=web',
    ended: 'yes',
  });
});

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/sign-in?to=/',
])('does not lead to %s', (to) => {
  expect(parseSignInSearch({ to })).toStrictEqual({ to: undefined, ended: undefined });
});
