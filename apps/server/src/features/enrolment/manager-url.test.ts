import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { managerUrl } from './manager-url.js';

const urlOf = (environment: Record<string, string>, seenAt?: string) =>
  managerUrl(readConfig(environment), 'Manager-1', seenAt);

describe('where agents reach the manager', () => {
  it.each<[string, Record<string, string>, string | undefined, string]>([
    [
      'is what the configuration says',
      { PATCHGATE_PUBLIC_URL: 'https://patchgate.example.org/', PATCHGATE_HOST: '0.0.0.0' },
      'https://10.0.0.1:3000',
      'https://patchgate.example.org',
    ],
    ['else where the browser has reached it', {}, 'https://10.0.0.1:3000', 'https://10.0.0.1:3000'],
    ['also by IPv6', {}, 'http://[FD00::1]:3000', 'http://[fd00::1]:3000'],
    ['else where it listens', { PATCHGATE_PORT: '3100' }, undefined, 'http://127.0.0.1:3100'],
    ['with TLS beyond loopback', { PATCHGATE_HOST: '192.0.2.7' }, undefined, 'https://192.0.2.7:3000'],
    ['by IPv6', { PATCHGATE_HOST: 'fd00::1' }, undefined, 'https://[fd00::1]:3000'],
    [
      'by the name of the machine on all addresses',
      { PATCHGATE_HOST: '0.0.0.0', PATCHGATE_PORT: '443' },
      undefined,
      'https://manager-1',
    ],
  ])('%s', (_how, environment, seenAt, url) => {
    expect(urlOf(environment, seenAt)).toBe(url);
  });

  it.each([
    'http://$(reboot)',
    'http://a;reboot',
    "http://a'b",
    'http://a`b`',
    'http://a&b',
    'http://',
    'javascript:alert(1)',
    'ftp://a',
    'none',
  ])('is never %s, which would end up in a shell', (seenAt) => {
    expect(urlOf({}, seenAt)).toBe('http://127.0.0.1:3000');
  });
});
