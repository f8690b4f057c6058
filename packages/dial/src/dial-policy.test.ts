import { networkInterfaces } from 'node:os';

import { describe, expect, test } from 'vitest';

import { createDialPolicy } from './dial-policy.js';

const port = 443;
const standard = createDialPolicy();

describe('SEC-P1 the standard policy', () => {
  test.each([
    ...['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.255.254', '169.254.0.1', '169.254.169.254'],
    ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.0.0.192', '192.0.2.1'],
    ...['198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1', '100.100.100.200', '168.63.129.16'],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::10.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::FFFF:169.254.169.254',
    ],
    ...['0:0:0:0:0:ffff:7f00:0001', '::ffff:0:127.0.0.1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe'],
    ...['64:ff9b:1::1', 'fe80::1', 'fe80::1%lo', 'febf::1', 'fec0::1', 'ff02::1', 'ff0e::1', '2002:7f00:1::'],
    ...['2002:a00:1::1', '2001::1', '2001:0:7f00:1::', '2001:db8::1', '3fff::1', '5f00::1', '100::1'],
    ...['fd00:ec2::254', 'fd20:ce::254', '2001:10::1', '2001:20::1'],
  ])('denies %s', (address) => {
    expect(standard.permits(address, port)).toBe(false);
  });

  test.each([
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.1', '8.8.8.8', '1.1.1.1'],
    ...[
      '::ffff:10.0.0.1',
      '64:ff9b::10.0.0.1',
      'fd12:3456:789a::1',
      '2606:4700::1111',
      '172.32.0.1',
      '11.0.0.1',
    ],
  ])('permits %s', (address) => {
    expect(standard.permits(address, port)).toBe(true);
  });

  test.each(['', 'localhost', '1.2.3', '10.0.0.1:80', '10.0.0.256', 'fe80:::1'])(
    'does not take %o for an address',
    (text) => {
      expect(() => standard.permits(text, port)).toThrow();
    },
  );
});

describe('SEC-P1 the settings', () => {
  test('allow what is denied otherwise, and only that', () => {
    const policy = createDialPolicy({ allow: ['127.0.0.0/8', '::1'] });
    expect(policy.permits('127.0.0.1', port)).toBe(true);
    expect(policy.permits('::ffff:127.0.0.1', port)).toBe(true);
    expect(policy.permits('::1', port)).toBe(true);
    expect(policy.permits('169.254.169.254', port)).toBe(false);
    expect(policy.permits('0.0.0.0', port)).toBe(false);
  });

  test('deny what is permitted otherwise, also what they allow', () => {
    const policy = createDialPolicy({
      allow: ['127.0.0.0/8'],
      deny: ['10.0.0.0/8', '127.0.0.2', 'fd00::/8'],
    });
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '127.0.0.2', 'fd12::1']) {
      expect(policy.permits(address, port)).toBe(false);
    }
    expect(policy.permits('192.168.0.1', port)).toBe(true);
  });

  test.each(['10.0.0.0/33', '10.0.0/8', 'example.org', '10.0.0.0/-1', ''])(
    'refuse the network %o',
    (network) => {
      expect(() => createDialPolicy({ deny: [network] })).toThrow();
    },
  );
});

describe("SEC-P1 the manager's own listeners", () => {
  const everything = ['0.0.0.0/0', '::/0'];
  const addressesHere = Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );

  test('are denied at every address of this machine, wherever else probes may go', () => {
    const policy = createDialPolicy({ allow: everything, own: () => [{ addresses: 'any', port: 8080 }] });
    expect(addressesHere.length).toBeGreaterThan(0);
    for (const address of [
      '127.0.0.1',
      '127.9.9.9',
      '::1',
      '0.0.0.0',
      '::ffff:127.0.0.1',
      ...addressesHere,
    ]) {
      expect(policy.permits(address, 8080)).toBe(false);
      expect(policy.permits(address, 8081)).toBe(true);
    }
    expect(policy.permits('192.0.2.1', 8080)).toBe(true);
  });

  test('are denied at their own address, elsewhere too, as soon as they are known', () => {
    const own: { addresses: string[]; port: number }[] = [];
    const policy = createDialPolicy({ own: () => own });
    expect(policy.permits('10.0.0.5', 5432)).toBe(true);
    own.push({ addresses: ['10.0.0.5'], port: 5432 });
    expect(policy.permits('10.0.0.5', 5432)).toBe(false);
    expect(policy.permits('::ffff:10.0.0.5', 5432)).toBe(false);
    expect(policy.permits('10.0.0.6', 5432)).toBe(true);
  });
});
