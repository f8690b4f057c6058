import type { RunReport } from '@patchgate/contracts/agent';
import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';

import { TestHost } from '../agent/running-agent.fixture.js';
import { PrivateApt } from '../packages/apt/private-apt.fixture.js';
import { newOrder } from './order.fixture.js';

async function hostWithUpgrade(onConfigure = '') {
  const apt = PrivateApt.create();
  apt.install({ name: 'lamp', version: '1.0' });
  apt.archive({ label: 'Debian-Security', suite: 'stable-security' }, [
    { name: 'lamp', version: '1.1', onConfigure },
  ]);
  const host = await TestHost.create({}, apt.environment);
  return { apt, host: await host.start() };
}

async function reportOf(host: TestHost, runId: string, after = 0): Promise<RunReport> {
  const { json } = await host.call('GET', `/api/v1/runs/${runId}?after=${after}`);
  return json.data as RunReport;
}

const ended = (host: TestHost, runId: string) =>
  vi.waitFor(
    async () => {
      const report = await reportOf(host, runId);
      expect(report.ended_at).not.toBeNull();
      return report;
    },
    { timeout: 30_000, interval: 100 },
  );

describe('a run', () => {
  test('upgrades a package, tells how it went line by line, and is one run however often it is ordered', async () => {
    const { apt, host } = await hostWithUpgrade();
    const [runId, order] = [randomUUID(), newOrder()];
    const first = await host.call('PUT', `/api/v1/runs/${runId}`, order);
    expect([first.status, first.json.data['state']]).toEqual([201, 'accepted']);
    expect((await host.call('PUT', `/api/v1/runs/${runId}`, order)).status).toBe(200);
    await new Promise((r) => setTimeout(r, 3000));
    const report = await ended(host, runId);
    expect(report).toMatchObject({ state: 'succeeded', exit_code: 0, error: null, progress: 100 });
    expect(report.log.map(({ line }) => line)).toContain('lamp: 1.0 -> 1.1');
    expect(report.log.map(({ seq }) => seq)).toEqual(report.log.map((_line, index) => index + 1));
    const later = await reportOf(host, runId, report.log_total - 1);
    expect(later.log).toEqual(report.log.slice(-1));
    expect((await host.call('PUT', `/api/v1/runs/${runId}`, order)).status).toBe(200);
    expect([apt.versionOf('lamp'), apt.ledger]).toEqual(['1.1', ['lamp 1.1 configure']]);
  });
});
