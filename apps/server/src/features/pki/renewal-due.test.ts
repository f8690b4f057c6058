import { expect, test } from 'vitest';
import { isRenewalDue } from './renewal-due.js';

const day = 24 * 60 * 60 * 1000;

test('two thirds of its life over, a certificate is due', () => {
  const certificate = { notBefore: new Date(0), notAfter: new Date(300 * day) };
  expect(isRenewalDue(certificate, new Date(200 * day - 1))).toBe(false);
  expect(isRenewalDue(certificate, new Date(200 * day))).toBe(true);
});
