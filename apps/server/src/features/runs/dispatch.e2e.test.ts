import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';
import type { DispatchUnderTest } from './dispatch.fixture.js';

let it: DispatchUnderTest;
beforeAll(async () => {
  it = await openDispatch();
});
afterAll(() => it.close());

type Dialect = 'ours' | 'public';
const dialects: [Dialect][] = [['ours'], ['public']];
let hosts = 0;
const newHost = (dialect: Dialect = 'ours', script: object = {}) =>
  it.addHost(`dispatch${(hosts += 1)}.example.org`, { dialect, script });
const newRun = async (dialect: Dialect, script: object = {}) => {
  const hostId = await newHost(dialect, script);
  return { hostId, id: await it.addRun({ hostId }) };
};
const ordered = (hostId: string) => it.deeds(hostId).map(({ detail }) => detail);
const backAtGate = { status: 'queued', dispatched_at: null, intent_at: null, agent_epoch: null };

describe.each(dialects)('an agent of dialect %s', (dialect) => {
  test('is told once, and the run is followed to a success that its checks have confirmed', async () => {
    const hostId = await newHost(dialect);
    const id = await it.addRun({ hostId, checks: [await it.addCheck(hostId)] });
    expect(await it.step(id)).toMatchObject({ status: 'running', reason: null });
    expect(await it.until(id, 'verifying')).toMatchObject({ progress: 100, phase: 'ended' });
    expect(await it.until(id, 'succeeded')).toMatchObject({
      verification: 'verified',
      reboot: 'not_allowed',
      package_changes: [
        { name: 'openssl', wanted: '3.0.15-1', after: '3.0.15-1' },
        { name: 'tzdata', wanted: '2026b-0', after: '2026b-0' },
      ],
    });
    expect(it.deeds(hostId)).toHaveLength(1);
    const log = await it.log(id);
    expect(log.filter((line) => !line.startsWith('the order is job'))).toEqual([
      'the agent has taken the order',
      'Reading package lists...',
      'Processing triggers ...',
      'the packages are in place; the checks of the host are probed',
      'check "nginx runs" passes',
      'succeeded',
    ]);
  });

  test.each([
    [423, 'HOST_BUSY', 'agent_busy'],
    [429, 'QUEUE_FULL', 'agent_busy'],
    [409, 'ADMISSION_FROZEN', 'agent_busy'],
  ])(
    'that refuses for now (%i %s) sends the run back to the gate until the close',
    async (status, code, reason) => {
      const { hostId, id } = await newRun(dialect, { refuses_orders: { status, code, retryable: true } });
      const held = await it.step(id);
      expect(held).toMatchObject({ ...backAtGate, reason });
      expect(held['next_attempt_at']).toBeInstanceOf(Date);
      expect(it.deeds(hostId)).toHaveLength(0);
      await it.script(hostId, { refuses_orders: null });
      await it.openGate(id);
      await it.until(id, 'succeeded');
      expect(it.deeds(hostId)).toHaveLength(1);
    },
  );

  test('that cannot be reached sends the run back to the gate: it was told nothing', async () => {
    const { hostId, id } = await newRun(dialect);
    await it.script(hostId, { is_down: true });
    expect(await it.step(id)).toMatchObject({ ...backAtGate, reason: 'agent_unreachable' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('that refuses for good fails the run, and the failure counts', async () => {
    const { hostId, id } = await newRun(dialect, {
      refuses_orders: { status: 400, code: 'VALIDATION_ERROR', retryable: false },
    });
    expect(await it.step(id)).toMatchObject({ status: 'failed', reason: 'agent_refused' });
    expect(it.deeds(hostId)).toHaveLength(0);
    expect(await it.job(id)).toMatchObject({ pause_reason: 'budget_spent' });
  });

  test('is not told anything when its window has closed meanwhile', async () => {
    const hostId = await newHost(dialect);
    const id = await it.addRun({ hostId, closesInMs: -1 });
    expect(await it.step(id)).toMatchObject(backAtGate);
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('is told nothing where there is nothing to do: the run succeeds as such, and is verified', async () => {
    const hostId = await newHost(dialect);
    const checks = [await it.addCheck(hostId)];
    const id = await it.addRun({ hostId, checks, selection: 'named', packages: ['nginx'] });
    expect(await it.step(id)).toMatchObject({ status: 'verifying', intent_at: null });
    expect(await it.until(id, 'succeeded')).toMatchObject({
      verification: 'verified',
      detail: 'there was nothing to do: no upgrade of the named packages is pending',
    });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('is told the packages that the selection means on this host, and no others', async () => {
    const hostId = await newHost(dialect);
    const id = await it.addRun({
      hostId,
      selection: 'named',
      packages: ['openssl', 'netcat'],
      exclude: ['tzdata'],
    });
    await it.until(id, 'succeeded');
    expect(ordered(hostId)).toEqual(['openssl']);
    expect(await it.run(id)).toMatchObject({ ordered_packages: ['openssl'] });
  });

  test('is asked once more under a lost reply, which is unknown and never failed', async () => {
    const { hostId, id } = await newRun(dialect, { loses_next_reply: true });
    expect(await it.step(id)).toMatchObject({ status: 'dispatching', reason: 'agent_unreachable' });
    expect(await it.until(id, 'succeeded')).toMatchObject({ reason: 'no_checks', verification: 'none' });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('goes on where it was left when two workers have followed the same run', async () => {
    const { hostId, id } = await newRun(dialect, { run_ms: 400 });
    await it.step(id);
    const claims = [await it.claim(id), await it.claim(id), await it.claim(id)];
    await Promise.all(claims.map((claim) => it.steps.stepRun(claim)));
    await it.until(id, 'succeeded');
    expect((await it.log(id)).filter((line) => line.startsWith('Reading'))).toHaveLength(1);
    expect(it.deeds(hostId)).toHaveLength(1);
  });
});

describe('an agent that takes runs', () => {
  test('that never read the order is told the same again', async () => {
    const { hostId, id } = await newRun('ours', { loses_next_order: true });
    expect(await it.step(id)).toMatchObject({ status: 'dispatching' });
    expect(it.deeds(hostId)).toHaveLength(0);
    await it.until(id, 'succeeded');
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('is told the same again until `not_after`, and from then on finds the run cancelled', async () => {
    const { hostId, id } = await newRun('ours', { loses_next_order: true });
    await it.step(id);
    it.clock.shiftMs += 3_700_000;
    expect(await it.step(id)).toMatchObject({ ...backAtGate, reason: 'agent_unreachable' });
    it.clock.shiftMs = 0;
    await it.openGate(id);
    expect(await it.step(id)).toMatchObject({ status: 'cancelled' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('under another epoch makes the outcome unknown, and is never told again', async () => {
    const { hostId, id } = await newRun('ours', { loses_next_reply: true });
    await it.step(id);
    await it.fleet.command({ command: 'restart', host_id: hostId, loses_journal: true });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', reason: 'unknown_outcome' });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', next_step_at: null });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('that is busy when it is told again keeps the run where it is: an order of before may be on its way', async () => {
    const { hostId, id } = await newRun('ours', { loses_next_order: true });
    await it.step(id);
    await it.script(hostId, { refuses_orders: { status: 423, code: 'HOST_BUSY', retryable: true } });
    expect(await it.step(id)).toMatchObject({ status: 'dispatching', reason: 'agent_unreachable' });
    await it.script(hostId, { refuses_orders: null });
    await it.until(id, 'succeeded');
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('that refuses for good what it may be taking finds the run cancelled before it is called refused', async () => {
    const { hostId, id } = await newRun('ours', { loses_next_order: true });
    await it.step(id);
    const refusal = { status: 400, code: 'VALIDATION_ERROR', retryable: false };
    await it.script(hostId, { refuses_orders: refusal });
    expect(await it.step(id)).toMatchObject({ status: 'failed', reason: 'agent_refused' });
    await it.script(hostId, { refuses_orders: null });
    // The order of before comes through now.
    await it.rows(`UPDATE patch_job_hosts SET status = 'dispatching', ended_at = NULL WHERE id = $1`, [id]);
    expect(await it.step(id)).toMatchObject({ status: 'cancelled' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('knows what is about security', async () => {
    const hostId = await newHost();
    await it.until(await it.addRun({ hostId, selection: 'security' }), 'succeeded');
    expect(ordered(hostId)).toEqual(['openssl']);
  });

  test('may forget the run once it has ended', async () => {
    const { hostId, id } = await newRun('ours');
    await it.until(id, 'succeeded');
    expect(it.deeds(hostId, 'acknowledged')).toHaveLength(1);
    expect((await it.run(id))['acknowledged_at']).toBeInstanceOf(Date);
  });

  test('is told later what it could not be told at the end of the run', async () => {
    const { hostId, id } = await newRun('ours');
    await it.step(id);
    await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
    expect(await it.dieAt(id, 'before_acknowledge')).toBe(true);
    expect(await it.run(id)).toMatchObject({ status: 'succeeded', acknowledged_at: null });
    await it.acknowledgeLater();
    expect(it.deeds(hostId, 'acknowledged')).toHaveLength(0);
    await it.rows(`UPDATE hosts SET agent_status = 'connected' WHERE id = $1`, [hostId]);
    await it.acknowledgeLater();
    expect(it.deeds(hostId, 'acknowledged')).toHaveLength(1);
    expect((await it.run(id))['acknowledged_at']).toBeInstanceOf(Date);
  });
});

describe('an agent that does an order twice when it gets it twice', () => {
  test('is not told while GET /jobs shows anything active', async () => {
    const { hostId, id } = await newRun('public', { has_foreign_job: true });
    expect(await it.step(id)).toMatchObject({ ...backAtGate, reason: 'agent_busy' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('and that never read the order makes the outcome unknown, never a second POST', async () => {
    const { hostId, id } = await newRun('public', { loses_next_order: true });
    await it.step(id);
    expect(await it.step(id)).toMatchObject({ status: 'dispatching' });
    it.clock.shiftMs += 31_000;
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', reason: 'unknown_outcome' });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', next_step_at: null });
    it.clock.shiftMs = 0;
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('has its job adopted that was created since the intent, and none of before', async () => {
    const { hostId, id } = await newRun('public');
    await it.until(id, 'succeeded');
    await it.script(hostId, { loses_next_order: true });
    const next = await it.addRun({ hostId });
    await it.step(next);
    expect(await it.step(next)).toMatchObject({ status: 'dispatching', agent_job_id: null });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('is not asked to guess what is about security', async () => {
    const hostId = await newHost('public');
    const id = await it.addRun({ hostId, selection: 'security' });
    const { status, reason, detail } = await it.step(id);
    expect([status, reason]).toEqual(['failed', 'agent_refused']);
    expect(detail).toMatch(/does not say which patches are about security/);
  });
});
