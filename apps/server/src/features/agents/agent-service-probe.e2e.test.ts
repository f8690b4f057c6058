import type { AgentSession } from '@patchgate/agent-client';
import { createDialPolicy, systemResolve } from '@patchgate/dial';
import { WorkPermits } from '@patchgate/probes';
import type { ProbeContext } from '@patchgate/probes';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAgents } from '../../../../../tests/simulated-agents.js';
import type { SimulatedAgents } from '../../../../../tests/simulated-agents.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createLogger } from '../../platform/logger/logger.js';
import { AgentServiceProbe } from './agent-service-probe.js';
import { AgentSessions } from './agent-sessions.js';
import type { TrustMaterial } from './agent-trust.js';
import { CurrentTrust } from './current-trust.js';

const ours = randomUUID();
const theirs = randomUUID();
const impostor = randomUUID();
const deadlineMs = 1_500;
const clock = new MovedClock(new Date());

let fleet: SimulatedAgents;
let strangers: SimulatedAgents;
beforeAll(async () => {
  fleet = await startAgents([
    { host_id: ours },
    { host_id: theirs, dialect: 'public' },
    { host_id: impostor, bad_certificate: 'other_host' },
  ]);
  strangers = await startAgents([{ host_id: randomUUID() }]);
});
afterAll(() => {
  fleet.stop();
  strangers.stop();
});

let material: TrustMaterial;
let sessions: AgentSessions;
beforeEach(async () => {
  material = { authorities: [fleet.authority], ...fleet.manager, revoked: [] };
  sessions = open();
  for (const host_id of [ours, theirs])
    await script(host_id, {
      services: { nginx: true },
      bad_answer: null,
      is_down: false,
      latency_ms: 0,
      rate_limit: null,
    });
});
afterEach(() => sessions.onApplicationShutdown());

const context = (allow = ['127.0.0.0/8'], permits = new WorkPermits(10)): ProbeContext => ({
  ...{ deadlineMs, policy: createDialPolicy({ allow }), resolve: systemResolve, mutualTrust: null, permits },
  // Agents are asked with the trust that is for them alone.
  trust: undefined as never,
  nowMs: () => performance.now(),
});

function open(of = context()): AgentSessions {
  const source = { current: () => Promise.resolve(material) };
  return new AgentSessions(of, new CurrentTrust(source, clock, createLogger('test', 'silent')));
}

const script = (hostId: string, changes: object) =>
  fleet.command({ command: 'script', host_id: hostId, script: changes });
const addressOf = (hostId: string) => ({ hostId, address: '127.0.0.1', port: fleet.portOf(hostId) });
const probe = (hostId: string, serviceName = 'nginx', of = context()) =>
  new AgentServiceProbe(of, sessions).probe({ type: 'service', serviceName, agent: addressOf(hostId) });

describe.each([
  ['our agent', () => ours],
  ['the public agent', () => theirs],
])('a service check through %s', (_kind, idOf) => {
  test('is healthy with the state of the service, and shows how it got there', async () => {
    const result = await probe(idOf());
    expect(result).toMatchObject({
      ...{ healthy: true, reason: 'ok', detail: 'active (running)', address: '127.0.0.1' },
      certificate: { problem: null },
    });
    expect(Object.keys(result.phases)).toEqual(expect.arrayContaining(['connect', 'tls', 'first_byte']));
    expect(result.latency_ms).toBeGreaterThan(0);
  });

  test('is unhealthy when the agent says so, and says what it is', async () => {
    await script(idOf(), { services: { nginx: false } });
    expect(await probe(idOf())).toMatchObject({
      ...{ healthy: false, reason: 'service_unhealthy', detail: 'failed (failed)' },
    });
  });

  test('of no service, of a bad name, of an agent that fails, and of one that is asked too often', async () => {
    expect(await probe(idOf(), 'nothing')).toMatchObject({ healthy: false, reason: 'service_unknown' });
    expect(await probe(idOf(), '../etc')).toMatchObject({ healthy: false, reason: 'service_name_invalid' });
    for (const bad_answer of ['plain_500', 'not_json', 'null_data', 'wrong_shape']) {
      await script(idOf(), { bad_answer });
      expect(await probe(idOf())).toMatchObject({ healthy: false, reason: 'agent_error' });
    }
    await script(idOf(), { bad_answer: null, rate_limit: 1 });
    await probe(idOf());
    expect(await probe(idOf())).toMatchObject({ healthy: false, reason: 'agent_refused_us' });
  });

  test('ends in time when the agent hangs, drips, or is away', async () => {
    for (const bad_answer of ['hang', 'drip', 'hang_up']) {
      await script(idOf(), { bad_answer });
      const result = await probe(idOf());
      expect(result).toMatchObject({ healthy: false, reason: 'agent_unreachable' });
      expect(result.latency_ms).toBeLessThan(deadlineMs + 400);
    }
    await script(idOf(), { bad_answer: null, is_down: true });
    expect(await probe(idOf())).toMatchObject({
      ...{ healthy: false, reason: 'agent_unreachable', detail: 'connection refused', address: '127.0.0.1' },
    });
  });
});

test('SEC-M1 the agent of another host is not believed, whatever it says', async () => {
  const result = await probe(impostor);
  expect(result).toMatchObject({ healthy: false, reason: 'agent_unreachable' });
  expect(result.detail).toContain(impostor);
});

test('an agent that does not take our certificate is no proof of anything', async () => {
  material = { authorities: [fleet.authority], ...strangers.manager, revoked: [] };
  const { healthy, reason } = await probe(ours);
  // Whether it says why before it hangs up is its own affair.
  expect(healthy).toBe(false);
  expect(['agent_refused_us', 'agent_unreachable']).toContain(reason);
});

test('SEC-P1 an agent where nobody may connect is not dialled, and the check is blocked', async () => {
  await sessions.onApplicationShutdown();
  sessions = open(context([]));
  expect(await probe(ours)).toMatchObject({ healthy: false, reason: 'blocked', address: null, phases: {} });
});

test('a check that gets no permit in time ends at its deadline', async () => {
  const permits = new WorkPermits(0);
  const result = await probe(ours, 'nginx', context(['127.0.0.0/8'], permits));
  expect(result).toMatchObject({ healthy: false, reason: 'agent_unreachable', address: null });
  expect(result.latency_ms).toBeLessThan(deadlineMs + 400);
});

test('a certificate that cannot be had is a fault of ours and no result', async () => {
  const broken = { current: () => Promise.reject(new Error('the database is away')) };
  const without = new AgentSessions(
    context(),
    new CurrentTrust(broken, clock, createLogger('test', 'silent')),
  );
  const check = { type: 'service', serviceName: 'nginx', agent: addressOf(ours) } as const;
  await expect(new AgentServiceProbe(context(), without).probe(check)).rejects.toThrow(
    'the database is away',
  );
});

describe('the sessions of a process', () => {
  const seen = new Set<AgentSession>();
  const ask = (hostId: string) =>
    sessions.use(addressOf(hostId), async (session) => {
      seen.add(session);
      await session.health();
      return session;
    });
  beforeEach(() => seen.clear());

  test('whoever asks one host at a time shares one connection', async () => {
    const all = await Promise.all([ask(ours), ask(ours), probe(ours).then(() => ask(ours))]);
    expect(new Set(all).size).toBe(1);
    expect(all[0].connections).toBe(1);
    expect(await ask(theirs)).not.toBe(all[0]);
    expect(sessions.size).toBe(2);
  });

  test('end some seconds after the last use', async () => {
    await ask(ours);
    await expect.poll(() => sessions.size, { timeout: 8_000, interval: 200 }).toBe(0);
  });

  test('another certificate of ours, or another address, is another connection, and the former ends', async () => {
    const first = await ask(ours);
    material = { authorities: [fleet.authority, strangers.authority], ...fleet.manager, revoked: [] };
    expect(await ask(ours)).toBe(first);
    clock.passedMs += 16_000;
    const second = await ask(ours);
    expect(second).not.toBe(first);
    await expect(first.health()).rejects.toThrow();
    expect(sessions.size).toBe(1);
  });

  test('are all closed with the process, and no new one begins', async () => {
    const session = await ask(ours);
    await sessions.onApplicationShutdown();
    await expect(session.health()).rejects.toThrow();
    await expect(ask(ours)).rejects.toMatchObject({ failure: 'unreachable' });
  });
});
