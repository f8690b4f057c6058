import path from 'node:path';

import { expect, test } from 'vitest';

import { runProgram } from '../../../tests/run-program.js';
import { startTargets } from './targets.fixture.js';

const program = path.join(import.meta.dirname, 'probe-all.fixture.mjs');

test('every kind of probe against every target, all at once, leaves no socket and no timer behind', async () => {
  const targets = await startTargets();
  try {
    const run = runProgram([process.execPath, program, JSON.stringify(targets.ports)]);
    const [, probes, healthy] = await run.saying(/"probes":(\d+),"healthy":(\d+)/);
    expect(Number(probes)).toBe(Object.keys(targets.ports).length * 6);
    expect(Number(healthy)).toBeGreaterThan(0);
    const startedAt = performance.now();
    expect(await run.exited).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  } finally {
    targets.stop();
  }
});
