import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PrivateSystemd, whyNoSystemd } from '../private-systemd.js';
import { createTestDatabase } from '../test-database.js';
import type { TestDatabase } from '../test-database.js';
import { readDeployed, repository, unitFile, unitValues } from './deploy-files.js';

const impossible = whyNoSystemd();
const SETTLED = { timeout: 40_000, interval: 100 };
const roles = ['api', 'worker'] as const;
type Role = (typeof roles)[number];
const keyDirectory = unitValues('patchgate-api', 'ReadWritePaths')[0]!;

/** A machine with Patchgate as docs/operations/deploy.md installs it: the units as they are, on the Node of these tests. */
async function installedManager(database: TestDatabase) {
  const systemd = await PrivateSystemd.start([
    [repository, '/usr/lib/patchgate'],
    [process.execPath, '/usr/bin/node'],
  ]);
  onTestFinished(() => systemd.stop());
  // Of one that is installed on this machine itself, whose directories are seen inside.
  systemd.run('rm', '-rf', path.dirname(keyDirectory));
  for (const unit of ['patchgate-migrate', 'patchgate-api', 'patchgate-worker'])
    await systemd.write(`/etc/systemd/system/${unit}.service`, readDeployed(unitFile(unit)));
  await systemd.write(
    '/usr/lib/sysusers.d/patchgate.conf',
    readDeployed('deploy/systemd/patchgate.sysusers.conf'),
  );
  await systemd.write(
    '/usr/lib/tmpfiles.d/patchgate.conf',
    readDeployed('deploy/systemd/patchgate.tmpfiles.conf'),
  );
  systemd.run('systemd-sysusers', 'patchgate.conf');
  systemd.run('systemd-tmpfiles', '--create', 'patchgate.conf');
  await systemd.write('/etc/patchgate/database-url', `${database.appUrl}\n`, 0o600);
  await systemd.write('/etc/patchgate/migration-database-url', `${database.migrationUrl}\n`, 0o600);
  const settings = [
    ...['PATCHGATE_PORT=0', 'PATCHGATE_MANAGEMENT_PORT=0', 'PATCHGATE_WORKER_MANAGEMENT_PORT=0'],
    'PATCHGATE_MANAGEMENT_HOST=127.0.0.1',
  ];
  await systemd.write('/etc/patchgate/patchgate.env', `${settings.join('\n')}\n`);
  const log = (role: Role) => path.join(systemd.directory, `${role}.log`);
  for (const role of roles) {
    const output = `[Service]\nStandardOutput=append:${log(role)}\nStandardError=append:${log(role)}\n`;
    await systemd.write(`/etc/systemd/system/patchgate-${role}.service.d/test.conf`, output);
  }
  systemd.run('systemctl', 'daemon-reload');
  const said = (role: Role) => (existsSync(log(role)) ? readFileSync(log(role), 'utf8') : '');
  const management = (role: Role) => {
    // Of its last start.
    const [, address] =
      [...said(role).matchAll(/"address":"([^"]+)"[^\n]*"health listener ready"/g)].at(-1) ?? [];
    if (address === undefined) throw new Error(`patchgate-${role} is not up: ${said(role)}`);
    return `http://${address}`;
  };
  const show = (role: Role, property: string) =>
    systemd.run('systemctl', 'show', `patchgate-${role}`, '--value', `--property=${property}`).trim();
  return { systemd, said, management, show };
}

describe.skipIf(impossible !== null)('under a real systemd', () => {
  test(
    'SEC-O1 api and worker serve from their sandboxes: as nobody of weight, writing keys alone, with no password in the environment',
    { timeout: 120_000 },
    async () => {
      const database = await createTestDatabase();
      onTestFinished(database.drop);
      const { systemd, said, management, show } = await installedManager(database);
      const before = path.join(systemd.directory, 'before');
      systemd.run('touch', before);
      systemd.run('systemctl', 'start', 'patchgate-api', 'patchgate-worker');
      for (const role of roles) {
        await vi.waitFor(async () => {
          const { status } = await fetch(`${management(role)}/health`);
          expect(said(role)).toContain(`"${role} ready"`);
          expect(status).toBe(200);
        }, SETTLED);
        expect(show(role, 'NRestarts'), said(role)).toBe('0');
      }

      const places = ['/etc', '/home', '/root', '/srv', '/var/cache', '/var/lib', '/var/log'];
      const written = systemd.run(
        'find',
        ...places,
        '-maxdepth',
        '3',
        '-newer',
        before,
        '-user',
        'patchgate',
      );
      expect(written.trim().split('\n').sort()).toEqual([keyDirectory, `${keyDirectory}/health-check.key`]);
      expect(systemd.run('stat', '--format=%a %U', keyDirectory, `${keyDirectory}/health-check.key`)).toBe(
        '700 patchgate\n600 patchgate\n',
      );
      for (const role of roles) {
        const pid = show(role, 'MainPID');
        expect(systemd.run('stat', '--format=%U', `/proc/${pid}`).trim()).toBe('patchgate');
        const privileges = systemd.run('cat', `/proc/${pid}/status`);
        expect(privileges).toMatch(/^CapBnd:\t0+\n(.*\n)*NoNewPrivs:\t1\nSeccomp:\t2$/m);
        expect(systemd.run('cat', `/proc/${pid}/environ`)).not.toContain(new URL(database.appUrl).password);
        // As root of the machine, within its walls: only they refuse.
        const write = (file: string) =>
          systemd.run('sh', '-c', `nsenter --target ${pid} --mount sh -c 'echo > ${file}' 2>&1; true`).trim();
        for (const file of ['/usr/lib/patchgate/own', '/etc/own', '/var/lib/own', '/etc/patchgate/own'])
          expect(write(file)).toMatch(/Read-only file system|cannot create/);
        expect(write(`${keyDirectory}/own`)).toBe('');
      }

      systemd.run('systemctl', 'stop', 'patchgate-api', 'patchgate-worker');
      for (const role of roles)
        expect([show(role, 'Result'), show(role, 'ExecMainStatus')]).toEqual(['success', '0']);
    },
  );
});
