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
  const hostId = await it.addHost(`reboot${(hosts += 1)}.example.org`, { dialect, script });
  const id = await it.addRun({ hostId, allowReboot: true, ...run });
  await it.step(id);
  return { hostId, id };
}
const reboots = (hostId: string) => it.deeds(hostId, 'rebooted');

describe.each(dialects)('a host whose agent is of dialect %s', (dialect) => {
  test('restarts once where that is allowed and needed, and proves it', async () => {
    const { hostId, id } = await begin(dialect);
    const ended = await it.until(id, 'succeeded');
    expect(ended).toMatchObject({ reboot: 'done' });
    if (dialect === 'ours') expect(ended['boot_id_after']).not.toBe(ended['boot_id_before']);
    expect(reboots(hostId)).toHaveLength(1);
  });

  test('does not restart where that is not allowed, and the run says so', async () => {
    const { hostId, id } = await begin(dialect, {}, { allowReboot: false });
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'not_allowed' });
    expect(reboots(hostId)).toHaveLength(0);
  });

  test('does not restart where nothing needs it', async () => {
    const { hostId, id } = await begin(dialect, {}, { selection: 'named', packages: ['tzdata'] });
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'not_needed' });
    expect(reboots(hostId)).toHaveLength(0);
  });

  test('that does not come back in time fails the run, and is not believed without proof', async () => {
    const { hostId, id } = await begin(dialect, { ignores_reboots: true });
    await it.until(id, 'rebooting');
    it.clock.shiftMs += 14 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'rebooting' });
    it.clock.shiftMs += 2 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'failed', reason: 'reboot_timeout' });
    expect(reboots(hostId)).toHaveLength(0);
  });

  test('that is away for longer than it may fails the run', async () => {
    const { hostId, id } = await begin(dialect, { shutdown_ms: 30_000, reboot_ms: 600_000 });
    expect(await it.until(id, 'rebooting')).toMatchObject({ reboot: 'pending' });
    expect(await it.log(id)).toContain('the packages are in place, and the host restarts');
    await expect.poll(() => reboots(hostId)).toHaveLength(1);
    it.clock.shiftMs += 16 * minuteMs;
    expect(await it.until(id, 'failed')).toMatchObject({ reason: 'reboot_timeout' });
  });
});

describe('a window that closes during a patch', () => {
  test('leaves the restart of a host undone whose agent would do it: `reboot_not_after`', async () => {
    // By the agent's clock: the order is good for a second, and the packages take longer.
    const { hostId, id } = await begin('ours', { run_ms: 1_500 }, { closesInMs: 1_000 });
    expect(await it.until(id, 'succeeded')).toMatchObject({
      ...{ reboot: 'pending', overran_by_seconds: 1 },
      detail: 'the host still has to restart: the window was over before it could',
    });
    expect(reboots(hostId)).toHaveLength(0);
  });

  test('keeps the manager from ordering a restart', async () => {
    const { hostId, id } = await begin('public', { run_ms: 200 });
    it.clock.shiftMs += 61 * minuteMs;
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'pending' });
    expect(reboots(hostId)).toHaveLength(0);
  });

  test('keeps the manager from ordering it later than that, when it could not at once', async () => {
    const { hostId, id } = await begin('public', { run_ms: 200 });
    await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
    expect(await it.dieAt(id, 'before_reboot_intent')).toBe(true);
    expect(await it.run(id)).toMatchObject({ status: 'rebooting', reboot_ordered_at: null });
    it.clock.shiftMs += 61 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', reboot: 'pending' });
    expect(reboots(hostId)).toHaveLength(0);
  });
});

describe('an order to restart', () => {
  test('that is refused is given again, until it is taken', async () => {
    const { hostId, id } = await begin('public');
    await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
    await it.script(hostId, { has_foreign_job: true });
    expect(await it.step(id)).toMatchObject({ status: 'rebooting', reboot_ordered_at: null });
    expect(await it.log(id)).toContain('the host was not told to restart: jobs are active');
    await it.script(hostId, { has_foreign_job: false });
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'done' });
    expect(reboots(hostId)).toHaveLength(1);
  });

  test('whose answer is lost is not given twice to a machine that restarts', async () => {
    const { hostId, id } = await begin('public', { run_ms: 100 });
    await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
    await it.script(hostId, { loses_next_reply: true });
    expect(await it.step(id)).toMatchObject({ status: 'rebooting' });
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'done' });
    expect(reboots(hostId)).toHaveLength(1);
  });

  test('that was lost is given again to a machine that evidently was not told', async () => {
    const { hostId, id } = await begin('public', { run_ms: 100 });
    await expect.poll(() => it.deeds(hostId, 'transaction_ended')).toHaveLength(1);
    await it.script(hostId, { loses_next_order: true });
    expect(await it.step(id)).toMatchObject({ status: 'rebooting' });
    expect(await it.step(id)).toMatchObject({ status: 'rebooting' });
    expect(reboots(hostId)).toHaveLength(0);
    it.clock.shiftMs += 3 * minuteMs;
    expect(await it.until(id, 'succeeded')).toMatchObject({ reboot: 'done' });
    expect(reboots(hostId)).toHaveLength(1);
  });
});
