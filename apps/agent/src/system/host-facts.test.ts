import { describe, expect, test } from 'vitest';

import { certificateOutcome } from '../agent/agent-checks.js';
import { percentOf } from '../packages/apt/run-step.js';
import { isRebootPackage } from '../packages/reboot-packages.js';
import { hasNewerKernel } from './newer-kernel.js';
import { parseOsRelease } from './os-release.js';
import { shortcomings } from './shortcomings.js';

describe('os-release', () => {
  test('is read with and without quotes', () => {
    const read = parseOsRelease(
      'NAME="Debian GNU/Linux"\nID=debian\n# VERSION=1\nPRETTY_NAME="a \\"b\\" c"\n',
    );
    expect(Object.fromEntries(read)).toEqual({
      NAME: 'Debian GNU/Linux',
      ID: 'debian',
      PRETTY_NAME: 'a "b" c',
    });
  });
});

describe('a kernel', () => {
  test.each([
    ['6.1.0-28-amd64', ['vmlinuz-6.1.0-28-amd64', 'vmlinuz-6.1.0-31-amd64', 'config-6.1.0-31-amd64'], true],
    ['6.1.0-31-amd64', ['vmlinuz-6.1.0-28-amd64', 'vmlinuz-6.1.0-31-amd64'], false],
    ['6.1.0-9-amd64', ['vmlinuz-6.1.0-10-amd64'], true],
    ['6.1.0-28-amd64', ['vmlinuz-6.1.0-31-cloud-amd64', 'vmlinuz-6.9.0-rt-amd64'], false],
    ['5.15.0-91-generic', ['vmlinuz', 'vmlinuz.old', 'vmlinuz-5.15.0-92-generic'], true],
    ['6.1.0-28-amd64', [], false],
  ])('%s beside %j waits for a restart: %s', (running, files, expected) => {
    expect(hasNewerKernel(running, files)).toBe(expected);
  });
});

describe('a package', () => {
  test.each([
    ...['linux-image-6.1.0-31-amd64', 'libc6', 'libc6:i386', 'systemd', 'dbus', 'libssl3', 'intel-microcode'],
  ])('%s needs a restart of the host', (name) => {
    expect(isRebootPackage(name)).toBe(true);
  });

  test.each(['linux-libc-dev', 'libc6-dev', 'systemd-timesyncd-tools', 'dbus-x11', 'nginx', 'libssl-dev'])(
    '%s does not',
    (name) => {
      expect(isRebootPackage(name)).toBe(false);
    },
  );
});

describe("apt's status", () => {
  test.each([
    ['pmstatus:lamp:20.0000:Unpacking lamp (amd64)', 20],
    ['pmstatus:libc6:amd64:40.5:Installing', 40.5],
    ['dlstatus:1:100.0000:Retrieving file 1 of 1', 100],
    ['pmconffile:/etc/a: no', null],
    ['pmerror:lamp:60.0:it failed', null],
  ])('%s is %s per cent', (line, percent) => {
    expect(percentOf(line)).toBe(percent);
  });
});

describe('a certificate', () => {
  const now = new Date('2026-01-01T00:00:00Z');

  test.each([
    ['2026-03-01T00:00:00Z', { status: 'healthy' }],
    ['2026-01-10T00:00:00Z', { status: 'degraded', reason: 'expires_soon' }],
    ['2026-01-01T00:00:00Z', { status: 'unhealthy', reason: 'expired' }],
  ])('that is valid until %s is %j', (validTo, outcome) => {
    expect(certificateOutcome(new Date(validTo), now)).toEqual(outcome);
  });
});

describe('what an agent lacks', () => {
  const all = {
    ...{
      isRoot: true,
      hasPackageSystem: true,
      lookedFor: 'apt-get',
      hasSystemd: true,
      isAnybodyAllowed: true,
    },
    revocation: 'valid' as const,
  };

  test('is nothing where all is there, and a sentence for each thing that is not', () => {
    expect(shortcomings(all)).toEqual([]);
    const nothing = { isRoot: false, hasPackageSystem: false, hasSystemd: false, isAnybodyAllowed: false };
    expect(shortcomings({ ...all, ...nothing, revocation: 'expired' })).toEqual([
      expect.stringContaining('does not run as root'),
      expect.stringContaining('looked for: apt-get'),
      expect.stringContaining('systemd does not run this host'),
      expect.stringContaining('`allow`'),
      expect.stringContaining('out of date'),
    ]);
  });
});
