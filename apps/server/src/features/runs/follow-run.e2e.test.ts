import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';
import type { DispatchUnderTest } from './dispatch.fixture.js';

let it: DispatchUnderTest;
beforeAll(async () => {
  it = await openDispatch();
});
afterAll(() => it.close());
afterEach(() => {
  it.clock.shiftMs = 0;
});

const dialects: ['ours' | 'public'][] = [['ours'], ['public']];
const minuteMs = 60_000;
let hosts = 0;
async function begin(dialect: 'ours' | 'public', script: object = {}, run: object = {}) {
  const hostId = await it.addHost(`follow${(hosts += 1)}.example.org`, { dialect, script });
  const id = await it.addRun({ hostId, ...run });
  await it.step(id);
  return { hostId, id };
}
const msUntil = (at: unknown): number => (at as Date).getTime() - it.clock.now().getTime();
const endOfRun = (hostId: string) => expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);

describe.each(dialects)('a run at an agent of dialect %s', (dialect) => {
  test('stays running while the agent is unreachable, and is asked after 5 seconds to 60', async () => {
    const { hostId, id } = await begin(dialect);
    await it.script(hostId, { is_down: true });
    const first = await it.step(id);
    expect(first).toMatchObject({ status: 'running', reason: 'agent_unreachable' });
    expect(msUntil(first['next_step_at'])).toBeLessThanOrEqual(5_000);
    it.clock.shiftMs += 20_000;
    expect(msUntil((await it.step(id))['next_step_at'])).toBeGreaterThan(15_000);
    it.clock.shiftMs += 20 * minuteMs;
    const late = await it.step(id);
    expect(msUntil(late['next_step_at'])).toBeLessThanOrEqual(60_000);
    expect(msUntil(late['next_step_at'])).toBeGreaterThan(55_000);
    expect(late['unreachable_since']).toEqual(first['unreachable_since']);
    await it.script(hostId, { is_down: false });
    expect(await it.until(id, 'succeeded')).toMatchObject({ unreachable_since: null });
    expect(it.deeds(hostId)).toHaveLength(1);
    expect(await it.log(id)).toEqual(
      expect.arrayContaining(['the agent does not answer: connection refused']),
    );
  });

  test('is indeterminate after the maximum run time and grace, and adopts the truth when the agent returns', async () => {
    const { hostId, id } = await begin(dialect);
    await it.script(hostId, { is_down: true });
    it.clock.shiftMs += 64 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'running' });
    it.clock.shiftMs += 2 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', reason: 'unknown_outcome' });
    expect(await it.job(id)).toMatchObject({ pause_reason: 'budget_spent' });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate' });
    await endOfRun(hostId);
    await it.script(hostId, { is_down: false });
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', verification: 'none', reason: null });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('fails with the words of the agent when the package system fails', async () => {
    const { hostId, id } = await begin(dialect, { run_fails: true });
    const ended = await it.until(id, 'failed');
    expect(ended).toMatchObject({
      reason: 'patch_failed',
      detail: expect.stringContaining('apt-get ended with 100') as string,
    });
    expect(await it.log(id)).toContain('E: Sub-process /usr/bin/dpkg returned an error code (1)');
    expect(it.deeds(hostId)).toHaveLength(1);
    expect(await it.job(id)).toMatchObject({ pause_reason: 'budget_spent' });
  });

  test('is never interrupted when its window closes, and what it ran over is recorded', async () => {
    const { hostId, id } = await begin(dialect, { run_ms: 1_000 }, { closesInMs: 60_000 });
    it.clock.shiftMs += 2 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'running', overran_by_seconds: null });
    const { overran_by_seconds } = await it.until(id, 'succeeded');
    expect(overran_by_seconds).toBeGreaterThanOrEqual(59);
    expect(it.deeds(hostId, 'transaction_ended')).toMatchObject([{ detail: '0' }]);
  });

  test('has the log of the agent and of the manager, each line once', async () => {
    const { hostId, id } = await begin(dialect, { run_ms: 200 });
    for (let look = 0; look < 3; look += 1) await it.step(id);
    await endOfRun(hostId);
    await it.until(id, 'succeeded');
    const lines = await it.rows<{ seq: number; source: string; line: string }>(
      'SELECT seq, source, line FROM run_log WHERE run_id = $1 ORDER BY seq',
      [id],
    );
    expect(lines.filter(({ source }) => source === 'agent').map(({ line }) => line)).toEqual([
      'Reading package lists...',
      'Processing triggers ...',
    ]);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    expect((await it.run(id))['log_lines']).toBe(lines.length);
  });
});

test('a log that is too long says where it was cut, and says it once', async () => {
  const { hostId, id } = await begin('ours', { run_ms: 200 });
  await it.rows('UPDATE patch_job_hosts SET log_lines = 49999 WHERE id = $1', [id]);
  await endOfRun(hostId);
  await it.until(id, 'succeeded');
  const lines = await it.log(id);
  expect(lines.filter((line) => line.includes('not kept: 50000 lines are'))).toHaveLength(1);
  expect(lines).not.toContain('Processing triggers ...');
});

describe('an agent that is restarted in the middle', () => {
  test('and takes runs goes on telling of them', async () => {
    const { hostId, id } = await begin('ours', { run_ms: 300 });
    await it.fleet.command({ command: 'restart', host_id: hostId, loses_journal: false });
    await it.until(id, 'succeeded');
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('and has lost its journal makes the outcome unknown', async () => {
    const { hostId, id } = await begin('ours', { run_ms: 60_000 });
    await it.fleet.command({ command: 'restart', host_id: hostId, loses_journal: true });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', reason: 'unknown_outcome' });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test.each([
    [false, 'the agent was restarted in the middle, and does not know what became of the packages'],
    [true, 'the agent does not know its job any more'],
  ])('and does not take runs makes the outcome unknown (history lost: %s)', async (losesHistory, detail) => {
    const { hostId, id } = await begin('public', { run_ms: 60_000 });
    await it.fleet.command({ command: 'restart', host_id: hostId, loses_journal: losesHistory });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', detail });
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', next_step_at: null });
    expect(it.deeds(hostId)).toHaveLength(1);
  });
});

test('an order that never arrived is said to have changed nothing, when the agent is back long after', async () => {
  const { hostId, id } = await begin('ours', { loses_next_order: true });
  await it.script(hostId, { is_down: true });
  it.clock.shiftMs += 66 * minuteMs;
  expect(await it.step(id)).toMatchObject({ status: 'indeterminate' });
  await it.script(hostId, { is_down: false });
  expect(await it.step(id)).toMatchObject({
    ...{ status: 'failed', reason: 'patch_failed' },
    detail: 'the agent never had the order: nothing was changed',
  });
  expect(it.deeds(hostId)).toHaveLength(0);
});

test('what a person has said of an unknown outcome stands, whatever the agent says later', async () => {
  const { hostId, id } = await begin('ours');
  await it.script(hostId, { is_down: true });
  it.clock.shiftMs += 66 * minuteMs;
  await it.step(id);
  await it.rows(
    `UPDATE patch_job_hosts SET resolved_at = now(), resolved_outcome = 'failed', resolved_reason = 'Looked at it'
     WHERE id = $1`,
    [id],
  );
  await it.script(hostId, { is_down: false });
  expect(await it.step(id)).toMatchObject({ status: 'indeterminate', resolved_outcome: 'failed' });
});

describe('a wish to cancel', () => {
  test('before the start is granted by the agent, which changes nothing', async () => {
    const { hostId, id } = await begin('ours', { start_ms: 60_000 });
    expect(await it.run(id)).toMatchObject({ status: 'running' });
    await it.requestCancel(id);
    expect(await it.step(id)).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
    expect(it.deeds(hostId)).toHaveLength(0);
    expect(await it.job(id)).toMatchObject({ pause_reason: null });
  });

  test.each(dialects)('after the start is a wish: the run goes on (%s)', async (dialect) => {
    const { hostId, id } = await begin(dialect, { run_ms: 1_000 });
    await it.requestCancel(id);
    const asked = await it.step(id);
    expect(asked).toMatchObject({ status: 'running' });
    expect(asked['cancel_answered_at']).toBeInstanceOf(Date);
    await it.until(id, 'succeeded');
    expect((await it.log(id)).filter((line) => line.includes('cancel'))).toHaveLength(1);
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('before the first send leaves a tombstone, so that an order on its way finds the run cancelled', async () => {
    const hostId = await it.addHost(`follow${(hosts += 1)}.example.org`);
    const id = await it.addRun({ hostId });
    await it.requestCancel(id);
    expect(await it.step(id)).toMatchObject({ status: 'cancelled', intent_at: null });
    // Another worker, that had stored its intent before, sends now.
    await it.rows(
      `UPDATE patch_job_hosts SET status = 'dispatching', ended_at = NULL, cancel_requested_at = NULL WHERE id = $1`,
      [id],
    );
    expect(await it.step(id)).toMatchObject({ status: 'cancelled' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('is not granted by an agent that has lost its journal: the packages may be changing', async () => {
    const { hostId, id } = await begin('ours', { run_ms: 60_000 });
    await it.fleet.command({ command: 'restart', host_id: hostId, loses_journal: true });
    await it.requestCancel(id);
    expect(await it.step(id)).toMatchObject({ status: 'indeterminate', reason: 'unknown_outcome' });
    expect(it.deeds(hostId)).toHaveLength(1);
  });

  test('of an order whose fate is unknown is decided by the agent', async () => {
    const { hostId, id } = await begin('ours', { loses_next_order: true });
    await it.requestCancel(id);
    expect(await it.step(id)).toMatchObject({ status: 'cancelled' });
    expect(it.deeds(hostId)).toHaveLength(0);
  });

  test('of a run that was refused for now ends it there', async () => {
    const hostId = await it.addHost(`follow${(hosts += 1)}.example.org`, { dialect: 'public' });
    const id = await it.addRun({ hostId });
    await it.requestCancel(id);
    await it.script(hostId, { is_down: true });
    expect(await it.step(id)).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
  });
});
