import { expect, it } from 'vitest';
import { actionWords } from './audit-words.js';

it.each([
  ['host.create', 'Host created'],
  ['api_token.revoke', 'API token revoked'],
  ['session.create', 'Sign-in'],
  ['maintenance_window.shift', 'Maintenance window shift'],
])('says %s as “%s”', (action, words) => {
  expect(actionWords(action)).toBe(words);
});
