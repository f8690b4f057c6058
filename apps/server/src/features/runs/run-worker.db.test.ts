import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { held, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());
beforeEach(() => gate.clear());
afterEach(() => gate.stopWorkers());

async function releasedRun(): Promise<string> {
  const { runIds } = await gate.job({ hostIds: await gate.hosts(1) });
  await gate.app.query(`UPDATE patch_job_hosts SET next_attempt_at = now() - interval '1 second'`);
  return runIds[0]!;
}

describe('a worker', () => {
  test('that stops claims nothing more and gives back what does not end in time', async () => {
    const [hostId] = await gate.hosts(1);
    const target = held();
    gate.answers.set(hostId!, target.answer);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    const worker = gate.newWorker();
    await gate.untilAsked(worker, target);
    const stopping = worker.stop();
    await worker.tick();
    target.letGo();
    await stopping;
    // What ended in time is written; its dispatch is left to who comes next.
    const [row] = await gate.rows('SELECT status, owner, lease_until FROM patch_job_hosts WHERE id = $1', [
      runIds[0],
    ]);
    expect(row).toEqual({ status: 'dispatching', owner: null, lease_until: null });
    expect(gate.dispatched).toEqual([]);
  });

  test('whose clock drifts from the database by more than 2 s claims nothing', async () => {
    const runId = await releasedRun();
    gate.database.aheadMs = 2_500;
    gate.shifted.shiftMs += 31_000;
    const worker = gate.newWorker();
    await worker.tick();
    expect(gate.clock.distrust).toBe('drift');
    expect((await gate.run(runId)).fence).toBe('0');
    expect(gate.lines.join()).toContain('the clock is not trusted');
    gate.shifted.shiftMs += 31_000;
    await gate.until(worker, runId, ({ fence }) => expect(fence).not.toBe('0'));
  });

  test('leaves what it could not decide to the leases while the database is away, and goes on when it is back', async () => {
    const runId = await releasedRun();
    const worker = gate.newWorker({
      record: () => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })),
    });
    await worker.tick();
    await expect.poll(() => gate.lines.join()).toContain('a run is left to its lease');
    expect(await gate.run(runId)).toMatchObject({ status: 'queued', attempt: 0, crash_count: 1 });
    await gate.app.query(`UPDATE patch_job_hosts SET lease_until = clock_timestamp() - interval '1 second'`);
    await gate.until(gate.newWorker(), runId, ({ status }) => expect(status).toBe('dispatching'));
  });
});
