import { Counter } from 'prom-client';
import { beforeEach, expect, test } from 'vitest';

import { listening } from './listening.fixture.js';
import { ManualClock } from './manual-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { ServiceHealth } from './service-health.js';

let clock: ManualClock;
let health: ServiceHealth;

beforeEach(async () => {
  clock = new ManualClock();
  health = new ServiceHealth({ clock, log: new RecordedLog() });
  const slow = new ScriptedCheck('slow');
  const broken = new ScriptedCheck('broken');
  slow.next = { status: 'degraded', reason: 'slow' };
  broken.next = new Error('no');
  for (const check of [new ScriptedCheck('good'), slow, broken]) health.registry.add(check.definition);
  await health.refresh();
});

test('metrics tell the status of each check beside those of the process and its event loop', async () => {
  const { url } = await listening(health);
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const lines = (await response.text()).split('\n');
  expect(lines.filter((line) => line.startsWith('service_health_status'))).toEqual([
    'service_health_status{check="good"} 1',
    'service_health_status{check="slow"} 0.5',
    'service_health_status{check="broken"} 0',
  ]);
  for (const name of [
    'process_cpu_user_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
  ]) {
    expect(lines.some((line) => line.startsWith(`${name} `))).toBe(true);
  }
});

test('a check that no longer exists is no longer reported', async () => {
  const { url } = await listening(health);
  const refresherLine = async () =>
    /status\{check="refresher"\} (\d)/.exec(await (await fetch(`${url}/metrics`)).text());
  clock.advance(20_001);
  expect((await refresherLine())?.[1]).toBe('0');
  await health.refresh();
  expect(await refresherLine()).toBeNull();
});

test('the owner adds metrics of its own, and two processes in one do not meet', async () => {
  const first = await listening(health);
  const second = await listening(health);
  new Counter({ name: 'probe_runs_total', help: 'Probes.', registers: [first.metrics] }).inc(3);
  expect(await (await fetch(`${first.url}/metrics`)).text()).toContain('\nprobe_runs_total 3\n');
  expect(await (await fetch(`${second.url}/metrics`)).text()).not.toContain('probe_runs_total');
});

test('a metric that cannot be collected is a 500 with a line, and the health is answered still', async () => {
  const { metrics, url, log } = await listening(health);
  new Counter({
    name: 'broken_total',
    help: 'x',
    registers: [metrics],
    collect: () => {
      throw new RangeError('secret');
    },
  });
  const response = await fetch(`${url}/metrics`);
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(log.lines.at(-1)).toMatchObject({
    level: 'error',
    fields: { code: 'RangeError' },
    message: 'management request failed',
  });
  expect((await fetch(`${url}/live`)).status).toBe(200);
});
