import { AgentError, AgentSession, takesRuns } from '@patchgate/agent-client';
import { createDialPolicy, systemResolve, TlsTrust } from '@patchgate/dial';
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';

import { HostWithUpgrade } from '../runs/host-with-upgrade.fixture.js';
import { newOrder } from '../runs/order.fixture.js';
import type { TestHost } from './running-agent.fixture.js';
import { testHostId } from './running-agent.fixture.js';

/** The manager's own client, as its worker uses it. */
function sessionWith({ authority, manager, port }: TestHost): AgentSession {
  const session = new AgentSession(
    { hostId: testHostId, address: '127.0.0.1', port },
    {
      policy: createDialPolicy({ allow: ['127.0.0.0/8'] }),
      resolve: systemResolve,
      trust: new TlsTrust({
        roots: [authority.certificate],
        client: { cert: manager.certificate, key: manager.privateKey },
        minVersion: 'TLSv1.3',
      }),
      ...{ connectMs: 10_000, callMs: 10_000, nowMs: () => performance.now() },
    },
  );
  onTestFinished(() => session.close());
  return session;
}

test("the manager's client and this agent understand each other, from the facts to a run that ended", async () => {
  const { host, apt } = await HostWithUpgrade.create();
  apt.update();
  const session = sessionWith(host);
  const health = await session.health();
  expect(takesRuns(health)).toBe(true);
  expect((await session.systemInfo()).os).toBe('Debian GNU/Linux');
  expect((await session.patches()).patches).toMatchObject([
    { name: 'lamp', current_version: '1.0', available_version: '1.1', security: true },
  ]);
  await expect(session.service('nginx')).rejects.toThrow(AgentError);
  const [runId, other] = [randomUUID(), randomUUID()];
  expect((await session.cancelRun(other)).state).toBe('cancelled');
  expect((await session.putRun(runId, newOrder())).run_id).toBe(runId);
  const report = await vi.waitFor(
    async () => {
      const found = await session.run(runId);
      expect(found.state).toBe('succeeded');
      return found;
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(report.log.map(({ line }) => line)).toContain('lamp: 1.0 -> 1.1');
  expect(await session.requestCertificate()).toContain('BEGIN CERTIFICATE REQUEST');
  expect(session.connections).toBe(1);
});
