import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { PrivateSystemd, whyNoSystemd } from '../../../../tests/private-systemd.js';
import { callAgent } from '../agent/call-agent.fixture.js';
import { agentFile, testHostId } from '../agent/running-agent.fixture.js';
import { PrivateApt } from '../packages/apt/private-apt.fixture.js';
import { newOrder } from '../runs/order.fixture.js';
import { TestAuthority } from '../tls/test-authority.fixture.js';

const impossible = whyNoSystemd();
const installer = path.resolve(import.meta.dirname, '../../../../deploy/agent/install.sh');
const SETTLED = { timeout: 30_000, interval: 100 };

/** A host with the agent as its installer leaves it, enrolled by hand. */
async function installedHost() {
  const systemd = await PrivateSystemd.start();
  onTestFinished(() => systemd.stop());
  const authority = await TestAuthority.create();
  const as = await authority.issue();
  const { certificate, privateKey } = await authority.issueHost(testHostId);
  const certificates = '/var/lib/patchgate-agent/certificates';
  await systemd.write(`${certificates}/identity.pem`, privateKey + certificate, 0o600);
  await systemd.write(`${certificates}/ca.pem`, authority.certificate);
  const settings = {
    host_id: testHostId,
    manager_url: 'http://127.0.0.1:9',
    listen: { address: '127.0.0.1', port: 0 },
    management: { port: 0 },
    allow: ['127.0.0.1'],
  };
  await systemd.write('/etc/patchgate-agent/agent.json', JSON.stringify(settings));
  for (const [from, to] of [
    [agentFile, 'agent.mjs'],
    [installer, 'install.sh'],
  ] as const) {
    await copyFile(from, path.join(systemd.directory, to));
  }
  const log = path.join(systemd.directory, 'agent.log');
  await systemd.write(
    '/etc/systemd/system/patchgate-agent.service.d/test.conf',
    `[Service]\nStandardOutput=append:${log}\nEnvironmentFile=-${systemd.directory}/environment\n`,
  );
  const install = () =>
    systemd.run('sh', `${systemd.directory}/install.sh`, '--agent', `${systemd.directory}/agent.mjs`);
  const port = () => {
    const written = systemd.run('cat', log);
    const found = [...written.matchAll(/"port":(\d+),[^\n]*"msg":"agent ready"/g)].at(-1);
    if (found === undefined)
      throw new Error(
        `the agent is not ready:\n${systemd.run('sh', '-c', 'systemctl status patchgate-agent; true')}${written}`,
      );
    return Number(found[1]);
  };
  const call = async (method: string, where: string, body?: unknown) =>
    await callAgent({ port: port(), authority: authority.certificate, as, method, path: where, body });
  return { systemd, install, call };
}

describe.skipIf(impossible !== null)('under a real systemd', () => {
  test('the agent is installed twice alike, and tells how services do as they are stopped and started', async () => {
    const { systemd, install, call } = await installedHost();
    expect(install()).toContain('The agent runs');
    expect(install()).toContain('The agent runs');
    const healthy = async (name: string) => {
      const { status, json } = await call('GET', `/api/v1/system/services/${name}`);
      return json.success ? json.data['healthy'] : status;
    };
    await vi.waitFor(() => call('GET', '/api/v1/health'), SETTLED);
    const { json } = await call('GET', '/api/v1/health');
    expect(json.data['lacks']).toEqual([expect.stringContaining('revoked certificates')]);
    systemd.run('systemctl', 'start', 'nginx');
    expect(await healthy('nginx')).toBe(true);
    systemd.run('systemctl', 'stop', 'nginx');
    expect(await healthy('nginx')).toBe(false);
    systemd.run('systemctl', 'start', 'nginx');
    expect(await healthy('nginx.service')).toBe(true);
    expect(await healthy('no-such-service')).toBe(404);
    const units = {
      'once.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n',
      'broken.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/false\n',
      'idle.socket': '[Socket]\nListenStream=/run/idle.sock\n',
      'idle.service': '[Service]\nExecStart=/bin/sleep infinity\n',
    };
    for (const [name, text] of Object.entries(units))
      await systemd.write(`/etc/systemd/system/${name}`, text);
    systemd.run('systemctl', 'daemon-reload');
    systemd.run('systemctl', 'start', 'once.service', 'idle.socket');
    systemd.run('systemctl', 'start', '--no-block', 'broken.service');
    const found = await Promise.all(['once', 'broken', 'idle'].map(healthy));
    expect(found).toEqual([true, false, true]);
    systemd.run('systemctl', 'stop', 'idle.socket');
    expect(await healthy('idle')).toBe(false);
  });

  test('a restart of the agent leaves the package transaction alone, which is a unit of its own', async () => {
    const { systemd, install, call } = await installedHost();
    const apt = PrivateApt.create(systemd.directory);
    const goOn = path.join(apt.directory, 'go-on');
    apt.install({ name: 'lamp', version: '1.0' });
    apt.archive({ label: 'Debian', suite: 'stable' }, [
      { name: 'lamp', version: '1.1', onConfigure: `while [ ! -e ${goOn} ]; do sleep 0.05; done` },
    ]);
    const environment = Object.entries(apt.environment).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(path.join(systemd.directory, 'environment'), environment.join(''));
    install();
    const [runId, order] = [randomUUID(), newOrder()];
    await vi.waitFor(
      async () => expect((await call('PUT', `/api/v1/runs/${runId}`, order)).status).toBe(201),
      SETTLED,
    );
    await vi.waitFor(() => expect(apt.ledger).toHaveLength(1), SETTLED);
    expect(systemd.run('systemctl', 'is-active', `patchgate-run-${runId}`).trim()).toBe('active');
    systemd.run('systemctl', 'kill', '--signal=KILL', 'patchgate-agent');
    systemd.run('systemctl', 'restart', 'patchgate-agent');
    await vi.waitFor(async () => {
      const again = await call('PUT', `/api/v1/runs/${runId}`, order);
      expect([again.status, again.json.data['state']]).toEqual([200, 'running']);
    }, SETTLED);
    await writeFile(goOn, '');
    await vi.waitFor(async () => {
      expect((await call('GET', `/api/v1/runs/${runId}`)).json.data).toMatchObject({ state: 'succeeded' });
    }, SETTLED);
    expect(apt.ledger).toEqual(['lamp 1.1 configure']);
    expect(existsSync('/usr/lib/patchgate-agent')).toBe(false);
  });
});
