import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toSecretKey } from './secret-key.js';
import { Sealer, UnsealError } from './sealer.js';
import type { Place, Sealed } from './sealer.js';

const install = '0195d0a1-7c3e-4a41-9b52-5a4a3f1d2c01';
const key = toSecretKey(Buffer.alloc(32, 7));
const ringOf = (...keys: (typeof key)[]) => new Map(keys.map((one) => [one.id, one]));
const sealer = new Sealer(install, key.id, ringOf(key));
const place: Place = {
  table: 'host_health_checks',
  column: 'basic_auth_pass_encrypted',
  row: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c02',
  targetOrigin: 'https://a.example.org:443',
};
const plaintext = Buffer.from('a password, héllo');
const sealed = sealer.seal(plaintext, place);

function refusal(value: Sealed, where: Place = place, by: Sealer = sealer): string {
  try {
    return `opened ${by.open(value, where).toString()}`;
  } catch (error) {
    if (error instanceof UnsealError) return error.kind;
    throw error;
  }
}

/** What is authenticated beside the plaintext, by its description. */
function bindingOf(format: string): Buffer {
  const { table, column, row, targetOrigin } = place;
  return Buffer.from(JSON.stringify([format, install, table, column, row, targetOrigin]));
}

function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}

describe('SEC-K1 sealing', () => {
  it('opens what it sealed, byte for byte, also nothing at all', () => {
    expect(sealer.open(sealed, place)).toEqual(plaintext);
    for (const text of [Buffer.alloc(0), randomBytes(1), randomBytes(4096)]) {
      expect(sealer.open(sealer.seal(text, place), place)).toEqual(text);
    }
  });

  it('has a 96-bit nonce, new each time, and a 16-byte tag after as many bytes as the plaintext has', () => {
    const again = Array.from({ length: 1_000 }, () => sealer.seal(plaintext, place));
    for (const { nonce, ciphertext } of again) {
      expect([nonce.length, ciphertext.length]).toEqual([12, plaintext.length + 16]);
    }
    expect(new Set(again.map(({ nonce }) => nonce.toString('hex'))).size).toBe(again.length);
    expect(sealed.ciphertext.includes('password')).toBe(false);
  });

  it('refuses every flipped bit of ciphertext and tag', () => {
    for (let bit = 0; bit < sealed.ciphertext.length * 8; bit += 1) {
      expect(refusal({ ...sealed, ciphertext: flip(sealed.ciphertext, bit) })).toBe('not_authentic');
    }
  });

  it('refuses every flipped bit of the nonce', () => {
    for (let bit = 0; bit < sealed.nonce.length * 8; bit += 1) {
      expect(refusal({ ...sealed, nonce: flip(sealed.nonce, bit) })).toBe('not_authentic');
    }
  });

  it('refuses every shortened ciphertext and one that is longer', () => {
    for (let length = 0; length < sealed.ciphertext.length; length += 1) {
      const ciphertext = sealed.ciphertext.subarray(0, length);
      expect(refusal({ ...sealed, ciphertext })).toBe('not_authentic');
    }
    const longer = Buffer.concat([sealed.ciphertext, Buffer.alloc(1)]);
    expect(refusal({ ...sealed, ciphertext: longer })).toBe('not_authentic');
  });

  it('refuses a tag of 4 bytes, which the cipher itself would take', () => {
    const cipher = createCipheriv('aes-256-gcm', key.bytes, sealed.nonce, { authTagLength: 4 });
    cipher.setAAD(bindingOf('patchgate sealed 1'));
    const ciphertext = Buffer.concat([cipher.final(), cipher.getAuthTag()]);
    expect(ciphertext).toHaveLength(4);
    expect(refusal({ ...sealed, ciphertext })).toBe('not_authentic');
  });

  it('refuses another key, and says so when the key is not there', () => {
    const other = toSecretKey(Buffer.alloc(32, 8));
    expect(refusal(sealed, place, new Sealer(install, other.id, ringOf(other)))).toBe('unknown_key');
    expect(
      refusal({ ...sealed, keyId: other.id }, place, new Sealer(install, key.id, ringOf(key, other))),
    ).toBe('not_authentic');
  });

  it('opens with a key that rotation has not finished with, and seals with the active one', () => {
    const next = toSecretKey(Buffer.alloc(32, 9));
    const rotating = new Sealer(install, next.id, ringOf(key, next));
    expect(rotating.open(sealed, place)).toEqual(plaintext);
    expect(rotating.seal(plaintext, place).keyId).toBe(next.id);
  });

  it('says in a failure where the secret is and nothing of what it is', () => {
    const { message } = new UnsealError('not_authentic', place);
    expect(message).toBe(`${place.table}.${place.column} of ${place.row} cannot be opened: not_authentic`);
  });
});

describe('SEC-K2 the place', () => {
  it.each<[string, Partial<Place>]>([
    ['row', { row: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c03' }],
    ['column', { column: 'script_pass_encrypted' }],
    ['table', { table: 'settings' }],
    ['target origin', { targetOrigin: 'https://b.example.org:443' }],
    ['target port', { targetOrigin: 'https://a.example.org:8443' }],
    ['target taken away', { targetOrigin: null }],
    [
      'border between two of its parts',
      { table: 'host_health', column: '_checks.basic_auth_pass_encrypted' },
    ],
  ])('is bound: a secret does not open at another %s', (_name, other) => {
    expect(refusal(sealed, { ...place, ...other })).toBe('not_authentic');
  });

  it('is bound to the installation', () => {
    const elsewhere = new Sealer('0195d0a1-7c3e-4a41-9b52-5a4a3f1d2c99', key.id, ringOf(key));
    expect(refusal(sealed, place, elsewhere)).toBe('not_authentic');
  });

  it.each([
    ['patchgate sealed 1', `opened ${plaintext.toString()}`],
    ['patchgate sealed 2', 'not_authentic'],
  ])('is bound to the format: sealed by hand as "%s"', (format, expected) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
    cipher.setAAD(bindingOf(format));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    expect(refusal({ ciphertext, nonce, keyId: key.id })).toBe(expected);
  });

  it('swaps with no other row, whichever two are taken', () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({ ...place, row: `row ${index}` }));
    const stored = rows.map((row) => sealer.seal(plaintext, row));
    for (const [i, value] of stored.entries()) {
      for (const [j, row] of rows.entries()) {
        expect(refusal(value, row)).toBe(i === j ? `opened ${plaintext.toString()}` : 'not_authentic');
      }
    }
  });
});
