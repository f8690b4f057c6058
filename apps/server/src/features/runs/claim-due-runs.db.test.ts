import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { claimDueRuns } from './claim-due-runs.js';
import type { Claim } from './claim-due-runs.js';
import { held, minuteMs, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import { giveBackRuns, renewLeases } from './renew-leases.js';
import type { RunWorker } from './run-worker.js';
import { lockRun, saveRun } from './run.repository.js';
import { runOf } from './run.row.js';

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());
beforeEach(() => gate.clear());
afterEach(() => gate.stopWorkers());

const claim = (parts: Partial<Parameters<typeof claimDueRuns>[1]> = {}) =>
  claimDueRuns(gate.app.manager, {
    ...{ owner: newId(), gateLimit: 100, stepLimit: 100, mayTakeSuspect: true, clock: gate.clock },
    ...parts,
  });

async function released(count: number): Promise<readonly string[]> {
  const { runIds } = await gate.job({ hostIds: await gate.hosts(count), maxInFlight: 100 });
  await gate.app.query(`UPDATE patch_job_hosts SET next_attempt_at = now() - interval '1 second'`);
  return runIds;
}
const leaseEnds = () =>
  gate.app.query(`UPDATE patch_job_hosts SET lease_until = clock_timestamp() - interval '1 second'`);
/** They are looked at again in an hour. */
const comeToAnOutcome = (claims: readonly Claim[]) =>
  gate.app.query(
    `UPDATE patch_job_hosts SET crash_count = 0, lease_until = NULL, next_attempt_at = now() + interval '1 hour'
     WHERE id = ANY ($1)`,
    [idsOf(claims)],
  );
const idsOf = (claims: readonly Claim[]) => claims.map(({ id }) => id).toSorted();

describe('a claim', () => {
  test('raises the fence and holds the run for 15 s by the clock of the database', async () => {
    const [runId] = await released(1);
    expect(await claim()).toMatchObject([{ id: runId, fence: '1', isFirstSend: false, isPoison: false }]);
    const [lease] = await gate.rows<{ s: number }>(
      'SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 AS s FROM patch_job_hosts',
    );
    expect(lease!.s).toBeGreaterThan(13);
    expect(lease!.s).toBeLessThanOrEqual(15);
    expect(await claim()).toEqual([]);
    await leaseEnds();
    expect(await claim()).toMatchObject([{ id: runId, fence: '2' }]);
  });

  test('takes a run once, however many workers ask at one moment', async () => {
    const runIds = await released(60);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim({ gateLimit: 20 })));
    expect(idsOf(claims.flat())).toEqual(runIds.toSorted());
  });

  test('takes what is due or asked for, and of what is under way what is due; each up to its limit', async () => {
    const [due, asked, later, underWay, ended] = await released(5);
    await gate.app.query('UPDATE patch_job_hosts SET next_attempt_at = NULL WHERE id <> $1', [due]);
    await gate.app.query('UPDATE patch_job_hosts SET check_requested_at = now() WHERE id = $1', [asked]);
    await gate.app.query(
      `UPDATE patch_job_hosts SET next_attempt_at = now() + interval '9 seconds' WHERE id = $1`,
      [later],
    );
    await gate.app.query(
      `UPDATE patch_job_hosts SET status = 'running', next_step_at = now() - interval '1 second' WHERE id = $1`,
      [underWay],
    );
    await gate.app.query(
      `UPDATE patch_job_hosts SET status = 'failed', ended_at = now(), next_attempt_at = now() - interval '1 second' WHERE id = $1`,
      [ended],
    );
    expect(await claim({ gateLimit: 0, stepLimit: 0 })).toEqual([]);
    expect(idsOf(await claim({ gateLimit: 1, stepLimit: 0 }))).toEqual([asked]);
    expect(idsOf(await claim({ gateLimit: 0 }))).toEqual([underWay]);
    expect(idsOf(await claim())).toEqual([due]);
  });

  test('asks the injected clock whether a run is due, and the database whether its lease has ended', async () => {
    const [runId] = await released(1);
    await gate.app.query(`UPDATE patch_job_hosts SET next_attempt_at = now() + interval '20 minutes'`);
    expect(await claim()).toEqual([]);
    const later = new MovedClock(new Date(gate.clock.now().getTime() + 30 * minuteMs));
    expect(idsOf(await claim({ clock: later }))).toEqual([runId]);
    // Half an hour later by ours, and still leased by the database's.
    expect(await claim({ clock: later })).toEqual([]);
  });

  test('takes nothing of a paused job, and nothing after the close', async () => {
    const [first] = await released(2);
    await gate.app.query(
      `UPDATE patch_job_hosts SET window_closes_at = now() - interval '1 second' WHERE id = $1`,
      [first],
    );
    expect(await claim()).toHaveLength(1);
    await leaseEnds();
    await gate.app.query(
      `UPDATE patch_jobs SET paused_at = now(), pause_reason = 'person', pause_detail = ''`,
    );
    expect(await claim()).toEqual([]);
  });
});

describe('a lease', () => {
  test('is renewed for whoever has the fence, and for nobody else', async () => {
    const [runId] = await released(1);
    const [first] = await claim();
    await leaseEnds();
    expect(await renewLeases(gate.app.manager, [first!])).toEqual(new Set([runId]));
    expect(await claim()).toEqual([]);
    await leaseEnds();
    const [second] = await claim();
    expect(await renewLeases(gate.app.manager, [first!])).toEqual(new Set());
    await giveBackRuns(gate.app.manager, [first!]);
    expect(await claim()).toEqual([]);
    await giveBackRuns(gate.app.manager, [second!]);
    expect(await claim()).toHaveLength(1);
  });

  test('that was stolen leaves its former owner with writes that hit the fence', async () => {
    const [runId] = await released(1);
    const [first] = await claim();
    await leaseEnds();
    const [second] = await claim();
    const save = ({ fence }: Claim, detail: string) =>
      gate.app.transaction(async (db) => {
        const run = runOf((await lockRun(db, runId!))!);
        return saveRun(db, { id: runId!, fence, from: ['queued'] }, { ...run, detail });
      });
    expect(await save(first!, 'late')).toBe(false);
    expect((await gate.run(runId!)).detail).toBeNull();
    expect(await save(second!, 'in time')).toBe(true);
    expect((await gate.run(runId!)).detail).toBe('in time');
  });

  test('that was stolen during an attempt leaves the attempt without effect', async () => {
    const [hostId] = await gate.hosts(1);
    const target = held();
    gate.answers.set(hostId!, target.answer);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    await gate.untilAsked(gate.newWorker(), target);
    await leaseEnds();
    const [stolen] = await claim();
    target.letGo();
    await gate.stopWorkers();
    expect(await gate.run(runIds[0]!)).toMatchObject({ status: 'queued', attempt: 0, fence: stolen!.fence });
    expect(await gate.rows('SELECT * FROM gate_attempts')).toEqual([]);
    expect(gate.dispatched).toEqual([]);
  });
});

describe('two workers', () => {
  test('never attempt one run at once', async () => {
    const hostIds = await gate.hosts(40);
    const { runIds } = await gate.job({ hostIds, maxInFlight: 40 });
    const pair = [gate.newWorker(), gate.newWorker()];
    for (const runId of runIds) {
      await gate.until(pair[0]!, runId, ({ status }) => expect(status).toBe('dispatching'));
      await pair[1]!.tick();
    }
    expect(gate.asked.toSorted()).toEqual(hostIds.toSorted());
    const attempts = await gate.rows<{ n: number }>('SELECT count(*)::int AS n FROM gate_attempts');
    expect(attempts).toEqual([{ n: 40 }]);
    const firstSends = gate.dispatched.filter(({ isFirstSend }) => isFirstSend);
    expect(new Set(firstSends.map(({ id }) => id)).size).toBe(firstSends.length);
    expect(firstSends).toHaveLength(40);
  });
});

describe('a run that kills who claims it', () => {
  /** Claims that come to no end: their worker dies. */
  async function crash(times: number) {
    for (let crash = 0; crash < times; crash += 1) {
      await claim();
      await leaseEnds();
    }
  }

  test('is quarantined after five claims in a row without an outcome, told as an error, and the queue goes on', async () => {
    const [poison] = await released(1);
    await crash(5);
    const [other] = await released(1);
    const worker = gate.newWorker();
    const row = await gate.until(worker, poison!, ({ status }) => expect(status).toBe('failed'));
    expect(row).toMatchObject({ reason: 'quarantined', attempt: 0 });
    expect(gate.lines.filter((line) => line.includes('run quarantined'))).toHaveLength(1);
    expect(gate.lines.find((line) => line.includes('run quarantined'))).toContain('"level":50');
    await gate.until(worker, other!, ({ status }) => expect(status).toBe('dispatching'));
  });

  test('that was dispatched is indeterminate: what reached the agent is not known to have failed', async () => {
    const [poison] = await released(1);
    await gate.app.query(
      `UPDATE patch_job_hosts SET status = 'dispatching', dispatched_at = now(), next_step_at = now() - interval '1 second'`,
    );
    await crash(5);
    await gate.until(gate.newWorker(), poison!, ({ status, reason }) => {
      expect([status, reason]).toEqual(['indeterminate', 'quarantined']);
    });
  });

  test('is claimed with few others once it is suspected, and then alone, so that those claimed with it go free', async () => {
    const runIds = await released(40);
    await crash(3);
    expect(await claim({ mayTakeSuspect: false })).toEqual([]);
    const few = await claim();
    expect(few).toHaveLength(32);
    expect(few.filter(({ isSuspect, isPoison }) => isSuspect && !isPoison)).toHaveLength(32);
    // The others were not with it, and go on as soon as there is room.
    await comeToAnOutcome(await claim());
    await leaseEnds();
    const [alone, ...others] = await claim();
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ isSuspect: true, isPoison: false });
    expect(runIds).toContain(alone!.id);
  });

  test('makes no queue of all that was open when workers were killed three times by something else', async () => {
    await released(90);
    await crash(3);
    const together: number[] = [];
    for (let claims = await claim(); claims.length > 0; claims = await claim()) {
      together.push(claims.length);
      await comeToAnOutcome(claims);
    }
    expect(together).toEqual([32, 32, 26]);
  });

  test('does not make the next suspect wait for a tick: it is taken as soon as the one before has ended', async () => {
    await released(5);
    await gate.app.query(
      `UPDATE patch_job_hosts SET status = 'dispatching', dispatched_at = now(), next_step_at = now() - interval '1 second'`,
    );
    await crash(4);
    const worker: RunWorker = gate.newWorker({ wake: () => void worker.tick() });
    await worker.tick();
    await expect.poll(() => gate.dispatched.length).toBe(5);
  });

  test('is forgiven by an outcome, whatever it is', async () => {
    const [runId] = await released(1);
    await crash(2);
    const worker = gate.newWorker();
    await gate.until(worker, runId!, ({ status }) => expect(status).toBe('dispatching'));
    expect((await gate.run(runId!)).crash_count).toBe(0);
  });

  test('is not meant by a worker that stops and gives back what it has', async () => {
    const [runId] = await released(1);
    await giveBackRuns(gate.app.manager, await claim());
    expect(await gate.run(runId!)).toMatchObject({ crash_count: 0 });
  });
});
