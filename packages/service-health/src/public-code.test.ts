import { expect, test } from 'vitest';

import { publicCode, publicReason } from './public-code.js';

const secret = 'password=hunter2 host=10.0.0.7';

test.each<[string, unknown, string]>([
  ['the code of the error', Object.assign(new Error(secret), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ['a SQLSTATE', Object.assign(new Error(secret), { code: '57P03' }), '57P03'],
  [
    'the code of a cause',
    new Error(secret, { cause: Object.assign(new Error(secret), { code: 'EPIPE' }) }),
    'EPIPE',
  ],
  ['the class when there is no code', new TypeError(secret), 'TypeError'],
  ['error when the code is no code', Object.assign(new Error('x'), { code: secret }), 'error'],
  ['error when the code is a number', Object.assign(new Error('x'), { code: 7 }), 'error'],
  ['error for a bare error', new Error(secret), 'error'],
  ['error for what is no error', secret, 'error'],
])('an error is named by %s', (_, error, expected) => {
  expect(publicCode(error)).toBe(expected);
});

test('a ring of causes ends', () => {
  const error = new Error('a');
  error.cause = error;
  expect(publicCode(error)).toBe('error');
});

test('a reason that is no code is not shown', () => {
  expect(publicReason('bind_failed')).toBe('bind_failed');
  expect(publicReason(secret)).toBe('unspecified');
  expect(publicReason('x'.repeat(65))).toBe('unspecified');
  expect(publicReason('')).toBe('unspecified');
  expect(publicReason(undefined)).toBe('unspecified');
});
