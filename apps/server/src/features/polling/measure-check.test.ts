import type { ProbeResult } from '@patchgate/probes';
import { expect, test } from 'vitest';

import { measureCheck } from './measure-check.js';

const healthy = result(true);
const failed = result(false);

function result(isHealthy: boolean): ProbeResult {
  const reason = isHealthy ? 'ok' : 'timeout';
  return { healthy: isHealthy, reason, detail: '', latency_ms: 1_000, phases: {}, address: null };
}

/** Probes that end one after the other, each with so much lag in its time. */
async function measure(...probes: { found: ProbeResult; lagMs: number }[]) {
  const lag = { totalMs: 0 };
  let runs = 0;
  const measurement = await measureCheck(() => {
    const { found, lagMs } = probes[runs]!;
    runs += 1;
    lag.totalMs += lagMs;
    return Promise.resolve(found);
  }, lag);
  return { ...measurement, runs };
}

test('a success stands, however busy the process was', async () => {
  expect(await measure({ found: healthy, lagMs: 900 })).toMatchObject({ runs: 1, isSuspect: false });
});

test('a failure of a process that had time stands', async () => {
  expect(await measure({ found: failed, lagMs: 200 })).toMatchObject({ runs: 1, isSuspect: false });
});

test('a failure of a busy process is measured again, and the second word counts', async () => {
  const busy = { found: failed, lagMs: 201 };
  expect(await measure(busy, { found: healthy, lagMs: 500 })).toMatchObject({
    runs: 2,
    isSuspect: false,
    result: healthy,
  });
  expect(await measure(busy, { found: failed, lagMs: 0 })).toMatchObject({
    runs: 2,
    isSuspect: false,
    result: failed,
  });
  expect(await measure(busy, busy)).toMatchObject({ runs: 2, isSuspect: true, result: failed });
});
