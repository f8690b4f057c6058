import { expect, it } from 'vitest';
import { splitName } from './host-name.js';

it('splits a name at its first dot and leaves a bare name whole', () => {
  expect(splitName('web-01.example.org')).toEqual({ short: 'web-01', domain: '.example.org' });
  expect(splitName('web-01')).toEqual({ short: 'web-01', domain: '' });
});
