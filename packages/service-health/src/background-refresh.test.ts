import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { realClock } from './real-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { ServiceHealth } from './service-health.js';

let health: ServiceHealth;
let database: ScriptedCheck;

beforeEach(() => {
  vi.useFakeTimers();
  health = new ServiceHealth({ clock: realClock, log: new RecordedLog() });
  database = new ScriptedCheck('database');
  health.registry.add(database.definition);
  health.start();
  health.serving();
});

afterEach(() => {
  health.stop();
  vi.useRealTimers();
});

test('a database that goes down is not ready within 15 s and ready within 5 s of its return', async () => {
  await vi.advanceTimersByTimeAsync(1);
  expect(health.read().isReady).toBe(true);
  database.next = new Error('down');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(health.read().isReady).toBe(false);
  database.next = { status: 'healthy' };
  await vi.advanceTimersByTimeAsync(5000);
  expect(health.read().isReady).toBe(true);
});

test('the snapshot stays fresh for as long as the refresh runs, and not when it ends', async () => {
  await vi.advanceTimersByTimeAsync(120_000);
  expect(health.read()).toMatchObject({ isReady: true, isLive: true });
  health.stop();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(health.read()).toMatchObject({ isReady: false, isLive: false });
});

test('the snapshot stays fresh between the runs of checks that are seldom due', async () => {
  const seldom = new ServiceHealth({ clock: realClock, log: new RecordedLog() });
  const certificates = new ScriptedCheck('certificates', { everyMs: 3_600_000 });
  seldom.registry.add(certificates.definition);
  seldom.start();
  seldom.serving();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seldom.read()).toMatchObject({ isReady: true, body: { uptime_seconds: 120 } });
  expect(certificates.calls).toBe(1);
  seldom.stop();
});

test('reading runs no check', async () => {
  await vi.advanceTimersByTimeAsync(1);
  for (let reading = 0; reading < 1000; reading += 1) health.read();
  await vi.advanceTimersByTimeAsync(1);
  expect(database.calls).toBe(1);
});
