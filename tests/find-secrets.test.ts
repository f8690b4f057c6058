import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { findSecrets } from './find-secrets.js';

const password = Buffer.from('søven "quiet" lamps/drift+east');
const key = randomBytes(32);
const found = (bytes: Buffer, text: string) =>
  findSecrets([{ name: 'it', bytes }], [{ name: 'there', text: `before ${text} after` }]);

test.each([
  ['as it is', password.toString()],
  ['in JSON', JSON.stringify({ p: password.toString() })],
  ['in an address', `?p=${encodeURIComponent(password.toString())}`],
  ['in hexadecimal', password.toString('hex')],
  ['as basic auth', `Basic ${Buffer.from(`probe:${password.toString()}`).toString('base64')}`],
  [
    'as basic auth of a longer name',
    `Basic ${Buffer.from(`probes:${password.toString()}`).toString('base64')}`,
  ],
  ['in a token', Buffer.from(`{"p":"${password.toString()}"}`).toString('base64url')],
])('SEC-R1 a password is found %s', (_name, text) => {
  expect(found(password, text)).not.toEqual([]);
});

test.each(['latin1', 'hex', 'base64', 'base64url'] as const)('SEC-R1 a key is found as %s', (encoding) => {
  expect(found(key, key.toString(encoding))).not.toEqual([]);
});

test('SEC-R1 a private key is found in PEM, and in PEM within JSON, by its number alone', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  const scalar = Buffer.from(d, 'base64url');
  expect(found(scalar, pem)).toContain('it as base64 in there');
  expect(found(scalar, JSON.stringify({ pem }))).toContain('it as base64 in there');
});

test('SEC-R1 what is not there is not found', () => {
  expect(found(key, `${randomBytes(4_000).toString('base64')} ${password.toString()}`)).toEqual([]);
});
