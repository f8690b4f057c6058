import { Registry } from '@patchgate/service-health';
import { DataSource } from 'typeorm';
import type { ProbeContext } from '@patchgate/probes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../platform/clock/clock.js';
import { createLogger } from '../../platform/logger/logger.js';
import { PROBE_CONTEXT } from '../../platform/probing/probe-context.module.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { AgentPollMetrics } from './agent-poll-metrics.js';
import { AgentPoller } from './agent-poller.js';
import { AgentSessions } from './agent-sessions.js';
import type { CertificateRenewal } from './certificate-renewal.js';
import { startFleet } from './fleet.fixture.js';
import type { FleetUnderTest } from './fleet.fixture.js';

const day = 86_400_000;

/** Days later than it is; what TLS judges is the real time. */
class LaterClock extends SystemClock {
  constructor(private readonly days: number) {
    super();
  }

  override now(): Date {
    return new Date(super.now().getTime() + this.days * day);
  }
}

let under: FleetUnderTest;
const hosts = { ours: '', theirs: '' };
beforeAll(async () => {
  under = await startFleet();
  hosts.ours = await under.addHost('renewed.example.org');
  hosts.theirs = await under.addHost('manual.example.org', { dialect: 'public' });
});
afterAll(() => under.close());

/** One round of polling, as many days later. */
async function pollLater(
  days: number,
  renewal: Pick<CertificateRenewal, 'renewFromRequest'> = under.api.app.get(AgentCertificateService),
) {
  const { app } = under.api;
  const dataSource = app.get(DataSource);
  const poller = new AgentPoller({
    ...{ dataSource, renewal, clock: new LaterClock(days), logger: createLogger('test', 'silent') },
    metrics: new AgentPollMetrics(new Registry(), () => 0),
    returned: () => Promise.resolve(),
    sessions: app.get(AgentSessions),
    permits: app.get<ProbeContext>(PROBE_CONTEXT).permits,
    ...{ intervalMs: 300_000, inventoryMs: 1_800_000, deadlineMs: 5_000 },
  });
  await dataSource.query(
    `UPDATE host_agents SET next_poll_at = now() - interval '1 second', refresh_fence = NULL`,
  );
  await poller.tick();
  await poller.stop();
}

/** As the agent shows it to whoever connects now. */
async function shown(hostId: string): Promise<{ fingerprint: string | undefined; renewalAt: Date | null }> {
  // A connection that was there before shows what it began with.
  await under.fleet.command({ command: 'restart', host_id: hostId, loses_journal: false });
  await pollLater(0);
  const [row] = await under.api.app
    .get(DataSource)
    .query<{ certificate_fingerprint: string; next_renewal_at: Date | null }[]>(
      'SELECT certificate_fingerprint, next_renewal_at FROM host_agents WHERE host_id = $1',
      [hostId],
    );
  return { fingerprint: row?.certificate_fingerprint, renewalAt: row?.next_renewal_at ?? null };
}

test('an agent that can is given a new certificate in time, over the connection that the old one secures', async () => {
  const [before, manual] = [await shown(hosts.ours), await shown(hosts.theirs)];
  await pollLater(200);
  expect(await shown(hosts.ours)).toEqual(before);
  await pollLater(300);
  const after = await shown(hosts.ours);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(await under.host(hosts.ours)).toMatchObject({ agent_status: 'connected', agent_failure: null });
  // The public one cannot ask for it.
  expect(await shown(hosts.theirs)).toEqual(manual);
});

test('one that cannot be had leaves the old one as it is, and is not tried again at once', async () => {
  const before = await shown(hosts.ours);
  let asked = 0;
  const renewal = {
    renewFromRequest: () => {
      asked += 1;
      return Promise.reject(new Error('the authority is away'));
    },
  };
  await pollLater(300, renewal);
  await pollLater(300, renewal);
  expect(asked).toBe(1);
  const { fingerprint, renewalAt } = await shown(hosts.ours);
  expect(fingerprint).toBe(before.fingerprint);
  expect(renewalAt).not.toBeNull();
  expect(await under.host(hosts.ours)).toMatchObject({ agent_status: 'connected' });
});
