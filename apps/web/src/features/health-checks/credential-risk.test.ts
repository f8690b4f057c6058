import { expect, it } from 'vitest';
import { credentialRisk, losesPassword } from './credential-risk.js';

it.each([
  ['http://a.example/', 'monitor', false, 'plain'],
  ['HTTP://a.example/', 'monitor', true, 'plain'],
  ['https://a.example/', 'monitor', true, 'unverified'],
  ['https://a.example/', 'monitor', false, null],
  ['http://a.example/', ' ', true, null],
  ['a.example', 'monitor', true, null],
] as const)(
  '%s with user “%s” and errors ignored %s: %s',
  (url, basic_auth_user, ignore_cert_errors, risk) => {
    expect(credentialRisk({ url, basic_auth_user, ignore_cert_errors })).toBe(risk);
  },
);

it.each([
  ['https://a.example/x', 'https://a.example/y?z', false],
  ['https://a.example/', 'https://a.example:443/', false],
  ['https://a.example/', 'https://A.example/', false],
  ['https://a.example/', 'http://a.example/', true],
  ['https://a.example/', 'https://b.example/', true],
  ['https://a.example/', 'https://a.example:8443/', true],
  ['https://a.example/', 'https:/', false],
  [undefined, 'https://a.example/', false],
])('from %s to %s the stored password is lost: %s', (from, to, isLost) => {
  expect(losesPassword(from, to)).toBe(isLost);
});
