import { describe, expect, it } from 'vitest';

import { uriNames } from './uri-names.js';

describe('SEC-M1 the identities in a certificate', () => {
  it('are its URIs and nothing else', () => {
    expect(
      uriNames('DNS:a.example.org, IP Address:10.0.0.1, URI:patchgate:host:1, URI:spiffe://x/y'),
    ).toEqual(['patchgate:host:1', 'spiffe://x/y']);
    expect(uriNames('DNS:a.example.org')).toEqual([]);
    expect(uriNames('')).toEqual([]);
  });

  it.each([
    'DNS:"a, URI:patchgate:host:1"',
    'DNS:"a, URI:patchgate:host:1, DNS:b"',
    'DNS:"a\\", URI:patchgate:host:1, DNS:b"',
    'DirName:"CN = x, URI:patchgate:host:1, O = y", DNS:b',
  ])('cannot be hidden in another name: %s', (text) => {
    expect(uriNames(text)).toEqual([]);
  });

  it('are none when a part cannot be read', () => {
    expect(uriNames('DNS:a"b, URI:patchgate:host:1')).toEqual([]);
    expect(uriNames('what is this, URI:patchgate:host:1')).toEqual([]);
  });
});
