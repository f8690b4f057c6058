import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { HostWithUpgrade } from './host-with-upgrade.fixture.js';
import { newOrder } from './order.fixture.js';

describe('a run', () => {
  test('upgrades a package, tells how it went line by line, and is one run however often it is ordered', async () => {
    const it = await HostWithUpgrade.create();
    const [runId, order] = [randomUUID(), newOrder()];
    const first = await it.order(runId, order);
    expect([first.status, first.json.data['run_id']]).toEqual([201, runId]);
    expect((await it.order(runId, order)).status).toBe(200);
    const report = await it.until(runId, { state: 'succeeded', exit_code: 0, error: null, progress: 100 });
    expect(report.log.map(({ line }) => line)).toContain('lamp: 1.0 -> 1.1');
    expect(report.log.map(({ seq }) => seq)).toEqual(report.log.map((_line, index) => index + 1));
    const later = await it.report(runId, report.log_total - 1);
    expect(later.log).toEqual(report.log.slice(-1));
    expect((await it.order(runId, order)).status).toBe(200);
    expect([it.apt.versionOf('lamp'), it.apt.ledger]).toEqual(['1.1', ['lamp 1.1 configure']]);
    const acknowledged = await it.host.call('POST', `/api/v1/runs/${runId}/acknowledge`, {});
    expect(acknowledged.json.data).toMatchObject({ state: 'succeeded', log: [] });
    expect((await it.order(runId, order)).status).toBe(200);
  });

  test('upgrades what it names alone, and keeps the configuration an administrator changed', async () => {
    const it = await HostWithUpgrade.create();
    it.apt.install({ name: 'vase', version: '1.0', configuration: 'colour=blue\n' });
    it.apt.archive({ label: 'Debian', suite: 'stable' }, [
      { name: 'vase', version: '2.0', configuration: 'colour=red\n' },
    ]);
    const configuration = path.join(it.apt.root, 'etc/vase.conf');
    writeFileSync(configuration, 'colour=mine\n');
    const runId = randomUUID();
    await it.order(runId, newOrder({ packages: ['vase'] }));
    await it.until(runId, { state: 'succeeded' });
    expect([it.apt.versionOf('vase'), it.apt.versionOf('lamp')]).toEqual(['2.0', '1.0']);
    expect(await readFile(configuration, 'utf8')).toBe('colour=mine\n');
  });

  test('fails with the words of the package system, and the next run repairs what it left', async () => {
    const onConfigure = '[ -e "$(dirname "$DPKG_ROOT")/mended" ] || exit 3';
    const it = await HostWithUpgrade.create({ onConfigure });
    const [broken, mended] = [randomUUID(), randomUUID()];
    await it.order(broken, newOrder());
    const report = await it.until(broken, { state: 'failed', exit_code: 100 });
    expect(report.error).toMatch(/^the package transaction failed: E: Sub-process/);
    expect(report.log.some(({ line }) => line.includes('returned error exit status 3'))).toBe(true);
    const { json } = await it.host.call('GET', '/api/v1/system/info');
    expect(json.data['package_db_clean']).toBe(false);
    writeFileSync(path.join(it.apt.directory, 'mended'), '');
    await it.order(mended, newOrder());
    await it.until(mended, { state: 'succeeded' });
  });

  test('is refused while another is under way, when it changes, comes from the past or too late', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [runId, order] = [randomUUID(), newOrder({ fence: 5 })];
    await it.order(runId, order);
    const refusals = await Promise.all([
      it.order(randomUUID(), newOrder()),
      it.order(runId, newOrder({ fence: 5, allow_reboot: true })),
      it.order(runId, { ...order, fence: 4 }),
      it.order(randomUUID(), newOrder({ not_after: '2020-01-01T00:00:00.000Z' })),
      it.order(randomUUID(), { ...newOrder(), payload_sha256: 'a'.repeat(64) }),
      it.order(runId, { ...order, agent_epoch: 'of-before' }),
      it.host.call('POST', `/api/v1/runs/${runId}/acknowledge`, {}),
      it.host.call('GET', `/api/v1/runs/${randomUUID()}`),
    ]);
    expect(refusals.map(({ status, json }) => [status, json.error?.['code']])).toEqual([
      [423, 'HOST_BUSY'],
      [409, 'RUN_CONFLICT'],
      [412, 'STALE_FENCE'],
      [408, 'TOO_LATE'],
      [400, 'VALIDATION_ERROR'],
      [409, 'OTHER_JOURNAL'],
      [409, 'RUN_NOT_ENDED'],
      [404, 'RUN_NOT_FOUND'],
    ]);
    expect(refusals[0].json.error?.['details']).toEqual({ run_id: runId });
    await it.isConfiguring();
    expect((await it.host.call('POST', `/api/v1/runs/${runId}/cancel`)).json.error?.['code']).toBe(
      'TOO_LATE_TO_CANCEL',
    );
    expect((await it.host.call('POST', '/api/v1/system/reboot', {})).json.error?.['code']).toBe(
      'REBOOT_BLOCKED',
    );
    it.letGoOn();
    await it.until(runId, { state: 'succeeded' });
  });

  test('that was cancelled never starts, also when its order comes later', async () => {
    const it = await HostWithUpgrade.create();
    const [unknown, known] = [randomUUID(), randomUUID()];
    const tombstone = await it.host.call('POST', `/api/v1/runs/${unknown}/cancel`, {});
    expect([tombstone.status, tombstone.json.data['state']]).toEqual([200, 'cancelled']);
    expect((await it.order(unknown, newOrder())).status).toBe(410);
    const [, cancelled] = await Promise.all([
      it.order(known, newOrder()),
      it.host.call('POST', `/api/v1/runs/${known}/cancel`, {}),
    ]);
    expect(cancelled.json.data['state']).toBe('cancelled');
    await it.host.kill();
    await it.host.start();
    expect((await it.report(known)).state).toBe('cancelled');
    const next = randomUUID();
    // The runner of the cancelled run may still be reading the index.
    await expect.poll(async () => (await it.order(next, newOrder())).status, { timeout: 20_000 }).toBe(201);
    await it.until(next, { state: 'succeeded' });
    expect(it.apt.ledger).toHaveLength(1);
  });

  test('restarts the host when that is needed and allowed, and says so when it is not allowed', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-reboots-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const ledger = path.join(directory, 'reboots');
    const settings = { reboot_command: ['/bin/sh', '-c', 'echo reboot >> "$0"', ledger] };
    const it = await HostWithUpgrade.create({ name: 'linux-image-test', settings });
    const [allowed, forbidden] = [randomUUID(), randomUUID()];
    await it.order(forbidden, newOrder());
    await it.until(forbidden, { state: 'succeeded', reboot_needed: true });
    expect((await it.host.call('GET', '/api/v1/system/info')).json.data['pending_reboot']).toBe(true);
    it.apt.archive({ label: 'Debian', suite: 'stable' }, [{ name: 'linux-image-test', version: '1.2' }]);
    await it.order(allowed, newOrder({ allow_reboot: true }));
    await it.until(allowed, { state: 'rebooting', reboot_needed: true });
    await expect.poll(() => readFile(ledger, 'utf8').catch(() => ''), { timeout: 10_000 }).toBe('reboot\n');
  });
});
