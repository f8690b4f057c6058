import { expect, it } from 'vitest';
import { commonNameOf, expiryOf } from './certificate-words.js';

const now = Date.parse('2026-03-26T00:00:00.000Z');

it.each([
  ['2026-06-03T00:00:00.000Z', 'in 69 d', false],
  ['2026-04-08T00:00:00.000Z', 'in 13 d', true],
  ['2026-03-24T22:00:00.000Z', 'expired 1 d 2 h ago', true],
])('a certificate that ends at %s ends %s', (valid_to, words, isNear) => {
  expect(expiryOf({ valid_to }, now)).toEqual({ words, isNear });
});

it('has no end where no certificate was sent', () => {
  expect(expiryOf({ valid_to: '' }, now)).toBeNull();
});

it('calls a certificate by its common name, or by all that is there', () => {
  expect(commonNameOf('C=DE, O=Shop, CN=shop.example.org')).toBe('shop.example.org');
  expect(commonNameOf('O=Shop')).toBe('O=Shop');
});
