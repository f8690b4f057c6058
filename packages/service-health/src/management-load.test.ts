import { Agent, get } from 'node:http';

import { expect, test } from 'vitest';

import { listening } from './listening.fixture.js';
import { answerManagement } from './management-answer.js';
import { realClock } from './real-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { ServiceHealth } from './service-health.js';

const NAMES = ['database', 'listener', 'memory', 'event_loop', 'worker'];
const REQUESTS = 1000;

async function refreshed() {
  const health = new ServiceHealth({ clock: realClock, log: new RecordedLog() });
  const checks = NAMES.map((name) => new ScriptedCheck(name, { everyMs: 600_000 }));
  for (const check of checks) health.registry.add(check.definition);
  health.start();
  await health.refresh();
  health.serving();
  return { health, calls: () => checks.map((check) => check.calls) };
}

test('1,000 requests per second are answered from the snapshot without one more check', async () => {
  const { health, calls } = await refreshed();
  const { url } = await listening(health);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const status = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get(url + path, { agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      }).once('error', reject);
    });
  const paths = ['/health', '/ready', '/live', '/healthz'];
  const before = calls();
  // The machine may be busy: the rate is reached when one of the rounds reaches it.
  let bestSeconds = Infinity;
  for (let round = 0; round < 5 && bestSeconds > 1; round += 1) {
    const begunAt = performance.now();
    const wanted = Array.from({ length: REQUESTS }, (_, index) => status(paths[index % paths.length]!));
    expect(new Set(await Promise.all(wanted))).toEqual(new Set([200]));
    bestSeconds = Math.min(bestSeconds, (performance.now() - begunAt) / 1000);
  }
  agent.destroy();
  health.stop();
  expect(calls()).toEqual(before);
  expect(bestSeconds).toBeLessThanOrEqual(1);
});

test('the handler takes less than 5 ms for 99 of 100 requests', async () => {
  const { health } = await refreshed();
  const { metrics } = await listening(health);
  const tookMs: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const begunAt = performance.now();
    await answerManagement({ method: 'GET', target: '/health' }, { health, metrics });
    tookMs.push(performance.now() - begunAt);
  }
  health.stop();
  tookMs.sort((a, b) => a - b);
  expect(tookMs[REQUESTS * 0.99]).toBeLessThan(5);
});
