import { runPayloadText } from '@patchgate/contracts/agent';
import type { RunOrder } from '@patchgate/contracts/agent';
import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startAgents } from '../../../tests/simulated-agents.js';
import type { SimulatedAgents } from '../../../tests/simulated-agents.js';
import { AgentError } from './agent-failure.js';
import { AgentSession } from './agent-session.js';
import type { AgentContext } from './agent-session.js';
import { takesRuns } from './health.reader.js';

const ours = randomUUID();
const theirs = randomUUID();
const callMs = 1_500;
const badCertificates = [
  ...['expired', 'not_yet_valid', 'other_host', 'no_names', 'common_name_only', 'address_only', 'name_only'],
  ...['unknown_authority', 'self_signed', 'for_clients', 'manager_role', 'hidden_in_name', 'signed_by_leaf'],
  ...['for_code', 'tls_1_2', 'id_in_upper_case'],
];
const impostors = new Map(badCertificates.map((kind) => [kind, randomUUID()]));

let fleet: SimulatedAgents;
const open = new Set<AgentSession>();

beforeAll(async () => {
  const bad = [...impostors].map(([bad_certificate, host_id]) => ({ host_id, bad_certificate }));
  fleet = await startAgents([{ host_id: ours }, { host_id: theirs, dialect: 'public' }, ...bad]);
});
afterEach(async () => {
  await Promise.all([...open].map((session) => session.close()));
  open.clear();
});
afterAll(() => fleet.stop());

const context = (changes: Partial<AgentContext> = {}): AgentContext => ({
  policy: createDialPolicy({ allow: ['127.0.0.0/8'] }),
  resolve: systemResolve,
  trust: new TlsTrust({ roots: [fleet.authority], client: fleet.manager, minVersion: 'TLSv1.3' }),
  ...{ connectMs: callMs, callMs, nowMs: () => performance.now() },
  ...changes,
});

function sessionWith(hostId: string, changes: Partial<AgentContext> = {}): AgentSession {
  const session = new AgentSession(
    { hostId, address: '127.0.0.1', port: fleet.portOf(hostId) },
    context(changes),
  );
  open.add(session);
  return session;
}

async function failureOf(call: Promise<unknown>): Promise<AgentError> {
  const error: unknown = await call.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (error instanceof AgentError) return error;
  throw error;
}

const script = (hostId: string, changes: object) =>
  fleet.command({ command: 'script', host_id: hostId, script: changes });

function order(changes: Partial<RunOrder> = {}): RunOrder {
  const payload = { packages: null, allow_reboot: false, reboot_delay_seconds: 0 };
  const payload_sha256 = createHash('sha256').update(runPayloadText(payload)).digest('hex');
  const not_after = new Date(Date.now() + 60_000).toISOString();
  return {
    ...payload,
    payload_sha256,
    fence: 1,
    reboot_not_after: null,
    not_after,
    valid_for_ms: 60_000,
    ...changes,
  };
}

describe('an agent of either kind', () => {
  it.each([
    ['ours', () => ours, true],
    ['the public one', () => theirs, false],
  ])('%s answers who it is, what its host is, and how a service does', async (_kind, idOf, isOurs) => {
    const session = sessionWith(idOf());
    expect(takesRuns(await session.health())).toBe(isOurs);
    expect(await session.systemInfo()).toMatchObject({ os_version: '12', pending_reboot: false });
    expect(await session.service('nginx')).toMatchObject({ healthy: true });
    expect(await failureOf(session.service('nothing'))).toMatchObject({ failure: 'refused', status: 404 });
    expect(await failureOf(session.service('../etc'))).toMatchObject({ failure: 'refused', status: 400 });
    const { patches } = await session.patches();
    expect(patches[0]).toMatchObject({
      name: 'openssl',
      available_version: '3.0.15-1',
      security: isOurs || null,
    });
    expect(session.certificate).toMatchObject({ problem: null });
  });

  it('is asked about everything over one connection', async () => {
    const session = sessionWith(ours);
    const calls = Array.from({ length: 20 }, () => session.service('nginx'));
    await Promise.all(calls);
    expect(session.connections).toBe(1);
  });
});

describe('SEC-M1 an agent with a bad certificate', () => {
  it.each(badCertificates)('%s is not listened to', async (kind) => {
    const session = sessionWith(impostors.get(kind)!);
    const error = await failureOf(session.health());
    expect(error.failure).toBe('unreachable');
    expect(session.connections).toBe(0);
  });

  it('of another host is not listened to, although it is a good one', async () => {
    const session = new AgentSession(
      { hostId: theirs, address: '127.0.0.1', port: fleet.portOf(ours) },
      context(),
    );
    open.add(session);
    expect(await failureOf(session.health())).toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining(`not for patchgate:host:${theirs}`) as string,
    });
  });
});

describe('an agent that does not take us', () => {
  it('says so in the place of its first answer', async () => {
    const trust = new TlsTrust({ roots: [fleet.authority], minVersion: 'TLSv1.3' });
    expect(await failureOf(sessionWith(ours, { trust }).health())).toMatchObject({ failure: 'refused_us' });
  });

  it('is not even dialled where the policy forbids it', async () => {
    const policy = createDialPolicy({});
    expect(await failureOf(sessionWith(ours, { policy }).health())).toMatchObject({ failure: 'unreachable' });
  });

  it('or is down, is out of reach', async () => {
    await script(ours, { is_down: true });
    expect(await failureOf(sessionWith(ours).health())).toMatchObject({
      failure: 'unreachable',
      message: 'connection refused',
    });
    await script(ours, { is_down: false });
  });
});

describe('SEC-H2 a bad answer', () => {
  it.each([
    ...['not_json', 'empty', 'huge', 'truncated', 'no_envelope', 'wrong_shape', 'null_data', 'two_answers'],
    ...[
      'wrong_length',
      'plain_500',
      'redirect',
      'switch_protocols',
      'endless_headers',
      'hang_up',
      'hang',
      'drip',
    ],
  ])('%s is a failure within its time, and the next question is answered', async (bad_answer) => {
    await script(ours, { bad_answer });
    const session = sessionWith(ours);
    const begunAt = performance.now();
    const before = process.memoryUsage.rss();
    const { failure } = await failureOf(session.service('nginx'));
    expect(performance.now() - begunAt).toBeLessThan(callMs + 1_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
    expect(['bad_answer', 'failed', 'lost']).toContain(failure);
    await script(ours, { bad_answer: null });
    expect(await session.service('nginx')).toMatchObject({ healthy: true });
  });
});

it('SEC-I1 an inventory of up to 8 MiB is read, a larger one is a bad answer', async () => {
  const patchesOf = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...{ name: `package-${n}`, current_version: '1', available_version: '2'.repeat(1_000) },
    }));
  const session = sessionWith(ours);
  await script(ours, { patches: patchesOf(7_000) });
  expect((await session.patches()).patches.length).toBeGreaterThan(0);
  await script(ours, { patches: patchesOf(8_400) });
  expect(await failureOf(session.patches())).toMatchObject({ failure: 'bad_answer' });
  await script(ours, { patches: [] });
});

describe('a run', () => {
  it('sent again, after its reply was lost, is done once', async () => {
    const id = randomUUID();
    await script(ours, { loses_next_reply: true, run_ms: 20 });
    const session = sessionWith(ours);
    expect(await failureOf(session.putRun(id, order()))).toMatchObject({ failure: 'lost' });
    expect(await session.putRun(id, order({ fence: 2 }))).toMatchObject({ run_id: id });
    await expect.poll(async () => (await session.run(id)).state).toBe('succeeded');
    const started = fleet.deeds().filter((deed) => deed.id === id && deed.deed === 'transaction_started');
    expect(started).toHaveLength(1);
    expect(await failureOf(session.putRun(id, order()))).toMatchObject({ status: 412, code: 'STALE_FENCE' });
    const { log } = await session.run(id, 1);
    expect(log.map(({ seq }) => seq)).toEqual([2]);
  });

  it('that was cancelled before it came never starts', async () => {
    const id = randomUUID();
    const session = sessionWith(ours);
    expect((await session.cancelRun(id)).state).toBe('cancelled');
    expect(await failureOf(session.putRun(id, order()))).toMatchObject({ status: 410 });
    expect(fleet.deeds().some((deed) => deed.id === id && deed.deed === 'transaction_started')).toBe(false);
  });

  it('that was taken, refused or not understood is told apart from one whose fate nobody knows', async () => {
    const id = randomUUID();
    const session = sessionWith(ours);
    const kindOf = async (changes: Partial<RunOrder> = {}) =>
      (await session.orderRun(id, order(changes))).kind;
    expect(await session.findRun(id)).toBeNull();
    expect(await kindOf({ not_after: new Date(0).toISOString() })).toBe('too_late');
    await script(ours, { loses_next_order: true });
    expect(await kindOf()).toBe('unknown');
    expect(await session.findRun(id)).toBeNull();
    await script(ours, { refuses_orders: { status: 423, code: 'HOST_BUSY', retryable: true } });
    expect(await kindOf()).toBe('busy');
    await script(ours, { refuses_orders: null });
    expect(await kindOf({ fence: 5 })).toBe('taken');
    expect(await kindOf({ fence: 4 })).toBe('superseded');
    expect(await kindOf({ agent_epoch: 'of-before' })).toBe('other_journal');
    await script(ours, { is_down: true });
    expect((await sessionWith(ours).orderRun(id, order())).kind).toBe('unreachable');
    await script(ours, { is_down: false });
    await expect.poll(async () => (await session.findRun(id))?.state).toBe('succeeded');
  });

  it('can be cancelled by its owner until it begins', async () => {
    const id = randomUUID();
    await script(ours, { start_ms: 60_000 });
    const session = sessionWith(ours);
    expect(await session.orderRun(id, order({ fence: 7 }))).toMatchObject({ run: { state: 'accepted' } });
    expect(await failureOf(session.cancelRun(id, 6))).toMatchObject({ code: 'STALE_FENCE' });
    expect((await session.cancelRun(id, 7)).state).toBe('cancelled');
    expect(await session.orderRun(id, order({ fence: 8 }))).toMatchObject({ kind: 'cancelled' });
    await script(ours, { start_ms: 0 });
  });

  it('is kept until it is acknowledged, which it cannot be before its end', async () => {
    const id = randomUUID();
    await script(ours, { run_ms: 200 });
    const session = sessionWith(ours);
    await session.putRun(id, order());
    expect(await failureOf(session.cancelRun(id))).toMatchObject({ code: 'TOO_LATE_TO_CANCEL' });
    expect(await failureOf(session.acknowledge(id))).toMatchObject({ code: 'RUN_NOT_ENDED' });
    await expect.poll(async () => (await session.run(id)).state).toBe('succeeded');
    await session.acknowledge(id);
    await session.acknowledge(id);
    expect(await session.run(id)).toMatchObject({ state: 'succeeded', log: [] });
    expect(await failureOf(session.acknowledge(randomUUID()))).toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('of another agent is an order that is sent once', async () => {
    const session = sessionWith(theirs);
    const { job_id } = await session.applyPatches({ allow_reboot: false, reboot_delay_seconds: 0 });
    await expect.poll(async () => (await session.job(job_id)).status).toBe('completed');
    expect(await session.jobs()).toMatchObject([{ job_id, operation: 'patchapply' }]);
    await script(theirs, { queue_full: true });
    const again = session.applyPatches({ allow_reboot: false, reboot_delay_seconds: 0 });
    expect(await failureOf(again)).toMatchObject({
      failure: 'refused',
      code: 'QUEUE_FULL',
      isRetryable: true,
    });
  });
});

describe('a reboot', () => {
  it('is proved by another boot id, and by an uptime that went back', async () => {
    const session = sessionWith(ours);
    const { boot_id } = await session.health();
    await session.reboot({});
    await expect
      .poll(async () => (await session.health().catch(() => ({ boot_id }))).boot_id, { timeout: 5_000 })
      .not.toBe(boot_id);
  });
});
