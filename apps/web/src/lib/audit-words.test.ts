import { expect, it } from 'vitest';
import { actionWords, subjectOf } from './audit-words.js';

it.each([
  ['host.create', 'Host created'],
  ['api_token.revoke', 'API token revoked'],
  ['session.create', 'Sign-in'],
  ['maintenance_window.shift', 'Maintenance window shift'],
])('says %s as “%s”', (action, words) => {
  expect(actionWords(action)).toBe(words);
});

it.each([
  [{ address: '10.0.0.1', fqdn: 'web.example.org', group_ids: [] }, 'web.example.org'],
  [{ name: 'prod-web', user_id: '01a1' }, 'prod-web'],
  [{ role: 'viewer', username: 'noc' }, 'noc'],
  [{ name: { from: 'a', to: 'b' } }, null],
  [{}, null],
])('names what %j is about: %s', (details, name) => {
  expect(subjectOf(details)).toBe(name);
});
