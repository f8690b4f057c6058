import { expect, test } from 'vitest';
import { certificateNames } from './certificate-names.js';

const machine = {
  hostName: 'Manager',
  addresses: ['127.0.0.1', '::1', '192.0.2.7', '2001:DB8:0::7', 'fe80::1'],
};
const names = (host: string, publicUrl?: string, hostName = machine.hostName) =>
  certificateNames({ host, publicUrl }, { ...machine, hostName }).map(
    ({ type, value }) => `${type} ${value}`,
  );

test.each(['0.0.0.0', '::'])('a listener on %s is called whatever leads to this machine', (host) => {
  expect(names(host)).toEqual([
    'ip 127.0.0.1',
    'ip 192.0.2.7',
    'ip 2001:db8::7',
    'ip ::1',
    'dns localhost',
    'dns manager',
  ]);
});

test('a listener on one address is called by that and by the name of the machine', () => {
  expect(names('192.0.2.7')).toEqual(['ip 192.0.2.7', 'dns manager']);
});

test.each([
  ['https://Patchgate.example.org', 'dns patchgate.example.org'],
  ['https://patchgate.example.org:8443', 'dns patchgate.example.org'],
  ['https://bücher.example', 'dns xn--bcher-kva.example'],
  ['https://198.51.100.4', 'ip 198.51.100.4'],
  ['https://[2001:db8::4]:8443', 'ip 2001:db8::4'],
])('the host of the public URL %s is one of the names', (url, expected) => {
  expect(names('192.0.2.7', url)).toContain(expected);
});

test('one name is there once, however it is spelled', () => {
  expect(names('192.0.2.7', 'https://manager', 'MANAGER.')).toEqual(['ip 192.0.2.7', 'dns manager']);
});

test.each(['', '_dmarc', 'a b', '-x', 'a'.repeat(64), '(none)'])(
  'a machine called "%s" is left out, because no certificate can hold that',
  (hostName) => {
    expect(names('192.0.2.7', undefined, hostName)).toEqual(['ip 192.0.2.7']);
  },
);
