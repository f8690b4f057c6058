import { describe, expect, test } from 'vitest';

import { AddressList } from './address-list.js';
import { RateLimit } from './rate-limit.js';

describe('the list of addresses', () => {
  const list = new AddressList(['10.1.0.0/16', '192.0.2.7', 'fd00::/8']);

  test.each([
    ['10.1.2.3', true],
    ['10.2.0.1', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['::ffff:10.1.2.3', true],
    ['::ffff:10.2.0.1', false],
    ['fd00::1', true],
    ['fe80::1', false],
    ['nothing', false],
    [undefined, false],
  ])('has %s: %s', (address, expected) => {
    expect(list.has(address)).toBe(expected);
  });

  test('without an entry has nobody', () => {
    expect(new AddressList([]).has('127.0.0.1')).toBe(false);
  });
});

describe('the rate limit', () => {
  test('lets a quarter of a minute pass at once, then as many as flow in', () => {
    const limit = new RateLimit({ readsPerMinute: 60, writesPerMinute: 4 });
    const passed = Array.from({ length: 20 }, () => limit.take('a', false, 0)).filter((wait) => wait === 0);
    expect(passed).toHaveLength(15);
    expect(limit.take('a', false, 0)).toBe(1);
    expect(limit.take('a', false, 1000)).toBe(0);
    expect(limit.take('a', false, 1000)).toBe(1);
  });

  test('counts what changes something, and every peer, by itself', () => {
    const limit = new RateLimit({ readsPerMinute: 4, writesPerMinute: 4 });
    expect([limit.take('a', true, 0), limit.take('a', true, 0)]).toEqual([0, 15]);
    expect([limit.take('a', false, 0), limit.take('b', true, 0)]).toEqual([0, 0]);
  });
});
