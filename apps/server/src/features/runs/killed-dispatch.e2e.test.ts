import path from 'node:path';
import { expect, test } from 'vitest';
import { startRole } from '../../roles/role.fixture.js';
import { openDispatch } from './dispatch.fixture.js';
import type { FailPoint } from './fail-points.js';

const settings = { PATCHGATE_VERIFY_EVERY_SECONDS: '1' };
const underFaults = path.resolve(import.meta.dirname, '../../roles/worker-under-faults.fixture.mjs');
/** The rest of a lease, and what a run takes. */
const patient = { timeout: 60_000, interval: 250 };

/** A run whose worker is killed there, and which another brings to its end. */
async function killAt(point: FailPoint, dialect: 'ours' | 'public'): Promise<void> {
  const it = await openDispatch(settings);
  try {
    const hostId = await it.addHost('killed.example.org', { dialect, script: { run_ms: 500 } });
    const id = await it.addRun({ hostId, checks: [await it.addCheck(hostId)] });
    // As it is before its gate: the worker probes and opens it by itself.
    await it.closeGate(id);
    const start = (entry?: string[]) =>
      startRole('worker', it.api.database.appUrl, { ...it.settings, ...settings }, entry);
    const victim = start([underFaults, '--kill-at', point]);
    await victim.program.exited;
    expect(await it.run(id), point).toMatchObject({ status: 'dispatching', attempt: 1 });
    const heir = start();
    await expect
      .poll(async () => (await it.run(id)).status, { ...patient, message: point })
      .toBe('succeeded');
    expect(it.deeds(hostId), point).toHaveLength(1);
    expect(await it.run(id), point).toMatchObject({ verification: 'verified', crash_count: 0 });
    heir.program.kill('SIGTERM');
    await heir.program.exited;
  } finally {
    await it.close();
  }
}

test(
  'a worker that is killed between the accept and the store leaves a run that the next one ends, and it is done once',
  { timeout: 120_000 },
  async () => {
    await Promise.all([killAt('after_send', 'ours'), killAt('in_settle', 'public')]);
  },
);
