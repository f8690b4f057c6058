import { describe, expect, test } from 'vitest';

import { readSettings } from './read-settings.js';

describe('the settings', () => {
  test('have a default each, which an empty variable takes too', () => {
    const byDefault = {
      server: { host: '127.0.0.1', port: 8080 },
      destination: { host: '127.0.0.1', port: 9000 },
      pingPath: '/fpm-ping',
      pingResponse: 'pong',
      timeoutMs: 10_000,
      logLevel: 'info',
    };
    expect(readSettings({})).toEqual(byDefault);
    expect(readSettings({ SERVER: '', DESTINATION: '', TIMEOUT_MS: '', LOG_LEVEL: '' })).toEqual(byDefault);
  });

  test.each([
    ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
    ['[::1]:8080', { host: '::1', port: 8080 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
  ])('listen on %s', (given, server) => {
    expect(readSettings({ SERVER: given }).server).toEqual(server);
  });

  test.each(['10.1.2.3', 'php-fpm', 'php_fpm.shop.svc.cluster.local', '2001:db8::1'])('ask %s', (given) => {
    expect(readSettings({ DESTINATION: given }).destination.host).toBe(given);
  });

  test.each([
    ['SERVER', '8080', 'an address and a port'],
    ['SERVER', ':8080', 'an address and a port'],
    ['SERVER', '::1:8080', 'an address and a port'],
    ['SERVER', '127.0.0.1:65536', 'an address and a port'],
    ['SERVER', '[10.0.0.300]:80', 'an address and a port'],
    ['DESTINATION', '10.0.0.300', 'the address or name'],
    ['DESTINATION', 'php-fpm:9000', 'the address or name'],
    ['DESTINATION', 'http://php-fpm', 'the address or name'],
    ['DESTINATION', '-php', 'the address or name'],
    ['DESTINATION_PORT', '0', 'a port from 1 to 65535'],
    ['DESTINATION_PORT', '0x10', 'a port from 1 to 65535'],
    ['PING_PATH', 'fpm-ping', 'a path'],
    ['PING_PATH', '/ping?x', 'a path'],
    ['PING_PATH', `/${'a'.repeat(200)}`, 'a path'],
    ['PING_RESPONSE', ' ', 'one line'],
    ['PING_RESPONSE', 'po\nng', 'one line'],
    ['TIMEOUT_MS', '10s', 'a whole number of milliseconds'],
    ['TIMEOUT_MS', '99', 'a whole number of milliseconds'],
    ['TIMEOUT_MS', '300001', 'a whole number of milliseconds'],
    ['TIMEOUT_MS', '-500', 'a whole number of milliseconds'],
    ['LOG_LEVEL', 'INFO', 'one of debug, info, warn, error'],
  ])('refuse %s=%j and say what is expected', (variable, given, expected) => {
    expect(() => readSettings({ [variable]: given })).toThrow(
      `${variable}: given "${given}", expected ${expected}`,
    );
  });
});
