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

const minuteMs = 60_000;
let hosts = 0;
interface Begin {
  readonly script?: object;
  readonly verdict?: 'pass' | 'fail';
}
/** Patched, and its checks are about to be looked at. */
async function begin({ script = {}, verdict = 'pass' }: Begin = {}) {
  const services = { nginx: true, php: true };
  const hostId = await it.addHost(`verify${(hosts += 1)}.example.org`, { script: { services, ...script } });
  const nginx = await it.addCheck(hostId, 'nginx');
  const php = { ...(await it.addCheck(hostId, 'php')), verdict };
  const id = await it.addRun({ hostId, checks: [nginx, php] });
  await it.until(id, 'verifying');
  return { hostId, id, nginx, php };
}
const pairs = (run: Record<string, unknown>) =>
  (
    run['verification_checks'] as {
      name: string;
      before: { verdict: string };
      after: { verdict: string } | null;
    }[]
  ).map(({ name, before, after }) => [name, before.verdict, after?.verdict ?? null]);
const services = (hostId: string, nginx: boolean, php: boolean) =>
  it.script(hostId, { services: { nginx, php } });

describe('after the agent reports success the same checks are probed', () => {
  test('and each must pass twice in a row', async () => {
    const { id } = await begin();
    expect(await it.step(id)).toMatchObject({ status: 'verifying' });
    const ended = await it.step(id);
    expect(ended).toMatchObject({ status: 'succeeded', verification: 'verified', detail: null });
    expect(pairs(ended)).toEqual([
      ['nginx runs', 'pass', 'pass'],
      ['php runs', 'pass', 'pass'],
    ]);
  });

  test('every 20 seconds, for 10 minutes', async () => {
    const { id } = await begin({ script: { breaks_services: ['php'] } });
    const { next_step_at, verify_until } = await it.step(id);
    const inMs = (at: unknown) => (at as Date).getTime() - it.clock.now().getTime();
    expect(Math.round(inMs(next_step_at) / 1000)).toBe(20);
    expect(Math.round(inMs(verify_until) / minuteMs)).toBe(10);
  });

  test('and recorded like polls', async () => {
    const { id, nginx } = await begin();
    await it.step(id);
    const recorded = await it.rows('SELECT healthy FROM host_health_check_results WHERE check_id = $1', [
      nginx.id,
    ]);
    expect(recorded).toEqual([{ healthy: true }]);
  });

  test('and any failures are allowed within that time', async () => {
    const { hostId, id } = await begin({ script: { breaks_services: ['php'] } });
    for (const [nginx, php] of [
      [true, false],
      [true, true],
      [true, false],
      [true, true],
    ] as const) {
      await services(hostId, nginx, php);
      expect(await it.step(id)).toMatchObject({ status: 'verifying' });
    }
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', verification: 'verified' });
    expect(await it.log(id)).toEqual(
      expect.arrayContaining(['check "php runs" does not pass: failed (failed)']),
    );
  });

  test('and one that does not come back is a regression, with the pairs before and after', async () => {
    const { id } = await begin({ script: { breaks_services: ['php'] } });
    await it.step(id);
    it.clock.shiftMs += 11 * minuteMs;
    const ended = await it.step(id);
    expect(ended).toMatchObject({ status: 'failed', reason: 'regressed', verification: 'regressed' });
    expect(ended['detail']).toBe('php runs: failed (failed)');
    expect(pairs(ended)).toEqual([
      ['nginx runs', 'pass', 'pass'],
      ['php runs', 'pass', 'fail'],
    ]);
    expect(await it.job(id)).toMatchObject({ pause_reason: 'budget_spent' });
  });

  test('and one that passes for the first time when the time is over is looked at once more', async () => {
    const { hostId, id } = await begin({ script: { breaks_services: ['php'] } });
    await it.step(id);
    await services(hostId, true, true);
    it.clock.shiftMs += 11 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'verifying' });
    await services(hostId, true, false);
    expect(await it.step(id)).toMatchObject({ status: 'failed', detail: 'php runs: failed (failed)' });
  });

  test('and what our side could not ask does not pass', async () => {
    const { hostId, id } = await begin();
    await it.script(hostId, { is_down: true });
    await it.step(id);
    it.clock.shiftMs += 11 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'failed', reason: 'regressed' });
  });
});

describe('a check that was red under an override', () => {
  test('and still is, is pre-existing: the run succeeds', async () => {
    const { hostId, id } = await begin({ verdict: 'fail' });
    await services(hostId, true, false);
    await it.step(id);
    expect(await it.step(id)).toMatchObject({
      ...{ status: 'succeeded', verification: 'pre_existing', detail: 'php runs: failed (failed)' },
    });
  });

  test('and passes since, is verified', async () => {
    const { id } = await begin({ verdict: 'fail' });
    await it.step(id);
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', verification: 'verified' });
  });

  test('does not excuse another that was green and is not', async () => {
    const { hostId, id } = await begin({ verdict: 'fail' });
    await services(hostId, false, false);
    await it.step(id);
    it.clock.shiftMs += 11 * minuteMs;
    expect(await it.step(id)).toMatchObject({ status: 'failed', reason: 'regressed' });
  });
});

describe('a check that is deleted or switched off meanwhile', () => {
  test('drops out, and the log says so', async () => {
    const { hostId, id, php } = await begin({ script: { breaks_services: ['php'] } });
    await it.step(id);
    await it.api.admin.ok(`/hosts/${hostId}/health-checks/${php.id}`, { method: 'DELETE' });
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', verification: 'verified' });
    expect(await it.log(id)).toContain(
      'check "php runs" is gone or switched off: nothing is expected of it any more',
    );
  });

  test('leaves nothing verified when it was the last', async () => {
    const { hostId, id, nginx, php } = await begin();
    for (const { id: check } of [nginx, php])
      await it.api.admin.ok(`/hosts/${hostId}/health-checks/${check}`, { method: 'DELETE' });
    expect(await it.step(id)).toMatchObject({
      status: 'succeeded',
      reason: 'no_checks',
      verification: 'none',
    });
  });

  test('begins anew when it is switched on again', async () => {
    const { hostId, id, php } = await begin();
    const toggle = (enabled: boolean) =>
      it.api.admin.ok(`/hosts/${hostId}/health-checks/${php.id}`, {
        method: 'PUT',
        body: { name: php.name, check_type: 'service', service_name: 'php', enabled },
      });
    await it.step(id);
    await services(hostId, false, true);
    await toggle(false);
    await it.step(id);
    await services(hostId, true, true);
    await toggle(true);
    expect(await it.step(id)).toMatchObject({ status: 'verifying' });
    expect(await it.step(id)).toMatchObject({ status: 'succeeded', verification: 'verified' });
  });
});

test('a host without checks succeeds, and is not said to be verified', async () => {
  const hostId = await it.addHost(`verify${(hosts += 1)}.example.org`);
  const id = await it.addRun({ hostId });
  expect(await it.until(id, 'succeeded')).toMatchObject({ verification: 'none', reason: 'no_checks' });
});
