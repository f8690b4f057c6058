import { describe, expect, test } from 'vitest';

import { parseConfig } from './read-config.js';

const least = { host_id: '0f0e7c6a-7a3d-4a51-9d0a-6f7f2a1f9a10', manager_url: 'https://manager.example.org' };

describe('the settings', () => {
  test('need the host and the manager alone, and let nobody in', () => {
    expect(parseConfig('agent.json', JSON.stringify(least))).toEqual({
      ...least,
      listen: { address: '0.0.0.0', port: 12_443 },
      management: { address: '127.0.0.1', port: 8082 },
      state_directory: '/var/lib/patchgate-agent',
      certificate_directory: '/var/lib/patchgate-agent/certificates',
      allow: [],
      rate_limit: { reads_per_minute: 600, writes_per_minute: 60 },
      reboot_command: ['systemctl', 'reboot'],
      package_lock_timeout_seconds: 600,
      log_level: 'info',
    });
  });

  test.each([
    ['what is no JSON', '{', /^agent\.json: no JSON: /],
    ['what is no object', '[]', /^agent\.json: Invalid input/],
    ['a host that is no id', { ...least, host_id: 'A' }, /^agent\.json: host_id: /],
    [
      'a manager without a scheme',
      { ...least, manager_url: 'manager.example.org' },
      /^agent\.json: manager_url: /,
    ],
    [
      'a manager of another scheme',
      { ...least, manager_url: 'file:///etc/passwd' },
      /^agent\.json: manager_url: /,
    ],
    ['a port that is a text', { ...least, listen: { port: '12443' } }, /^agent\.json: listen\.port: /],
    ['a port that is none', { ...least, listen: { port: 65_536 } }, /^agent\.json: listen\.port: /],
    [
      'an address that is a name',
      { ...least, listen: { address: 'localhost' } },
      /^agent\.json: listen\.address: /,
    ],
    ['a key that it does not know', { ...least, alow: [] }, /^agent\.json: alow: unknown key$/],
    ['one below another', { ...least, listen: { prot: 1 } }, /^agent\.json: listen\.prot: unknown key$/],
    [
      'a network that is none',
      { ...least, allow: ['10.0.0.0/8', '10.0.0/8'] },
      /^agent\.json: allow\.1: expected an address/,
    ],
    [
      'a prefix that is too long',
      { ...least, allow: ['10.0.0.0/33'] },
      /^agent\.json: allow\.0: expected an address/,
    ],
    [
      'a path that depends on where it is read',
      { ...least, state_directory: 'state' },
      /^agent\.json: state_directory: /,
    ],
    ['a command without words', { ...least, reboot_command: [] }, /^agent\.json: reboot_command: /],
  ])('refuse %s in one line that names the field', (_name, given, words) => {
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    expect(() => parseConfig('agent.json', text)).toThrow(words);
    expect(() => parseConfig('agent.json', text)).not.toThrow(/\n/);
  });
});
