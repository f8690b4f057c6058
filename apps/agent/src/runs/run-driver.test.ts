import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { SystemClock } from '../platform/clock/clock.js';
import { hostPathsBelow } from '../platform/host-paths.js';
import { createLogger } from '../platform/logger.js';
import { Serial } from '../platform/serial.js';
import { readBootId, readUptimeSeconds } from '../system/boot.js';
import { Journal } from './journal.js';
import type { JournalRecord } from './journal-record.js';
import { newOrder } from './order.fixture.js';
import { RunDriver } from './run-driver.js';
import { RunStore } from './run-store.js';

const run_id = 'run';
const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
const result = { exit_code: 0, error: null, reboot_needed: true, ended_at: minutes(-1) };

/** An agent that comes up on a host with this journal, in this boot; the ways to the outside are counted. */
async function agentWith({ bootId, records }: { bootId: string; records: readonly JournalRecord[] }) {
  const root = await mkdtemp(path.join(tmpdir(), 'patchgate-driver-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const paths = hostPathsBelow(root);
  await mkdir(path.join(paths.proc, 'sys/kernel/random'), { recursive: true });
  await writeFile(path.join(paths.proc, 'sys/kernel/random/boot_id'), `${bootId}\n`);
  await writeFile(path.join(paths.proc, 'uptime'), '100.5 1.0\n');
  await mkdir(path.join(root, 'runs', run_id), { recursive: true });
  const newEpoch = () => 'epoch';
  const { journal } = await Journal.open({ directory: root, now: () => new Date(), newEpoch });
  for (const record of records) await journal.append(record);
  const store = new RunStore(journal, records, 'epoch');
  const [reboot, launch] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  const driver = new RunDriver({
    ...{ store, serial: new Serial(), stateDirectory: root, clock: new SystemClock(), paths, reboot, launch },
    ...{ log: createLogger('error'), packageLockTimeoutSeconds: 1, mayStart: () => undefined },
    readBootId: () => readBootId(paths),
    readUptimeSeconds: () => readUptimeSeconds(paths),
  });
  onTestFinished(async () => {
    driver.stop();
    await journal.close();
  });
  driver.resume();
  const stage = (kind: string) =>
    vi.waitFor(() => {
      const found = store.find(run_id)!.stage;
      expect(found.kind).toBe(kind);
      return found;
    });
  return { reboot, launch, stage, root };
}

function journalOf(order: object, ...more: readonly JournalRecord[]): readonly JournalRecord[] {
  const accepted = {
    kind: 'accepted',
    run_id,
    at: minutes(-2),
    boot_id: 'before',
    uptime_seconds: 50,
  } as const;
  return [{ ...accepted, order: newOrder({ allow_reboot: true, ...order }) }, ...more];
}
const launched: JournalRecord = { kind: 'launched', run_id, at: minutes(-2) };
const rebooting = (due: number): JournalRecord => ({
  ...{ kind: 'rebooting', run_id, at: minutes(-1), result, due_at: minutes(due), boot_id: 'before' },
});

describe('an agent that comes up', () => {
  test('in another boot ends the run that the host was restarted for, with both boots', async () => {
    const { stage, reboot } = await agentWith({
      bootId: 'after',
      records: journalOf({}, launched, rebooting(-1)),
    });
    const ended = { ...result, reboot_needed: false };
    expect(await stage('ended')).toMatchObject({ bootId: 'after', result: ended });
    expect(reboot).not.toHaveBeenCalled();
  });

  test('in the same boot restarts the host, once, when that was not done yet', async () => {
    const { stage, reboot } = await agentWith({
      bootId: 'before',
      records: journalOf({}, launched, rebooting(-1)),
    });
    await vi.waitFor(() => expect(reboot).toHaveBeenCalledOnce());
    await stage('rebooting');
  });

  test('after the deadline of the restart leaves the host running and says that it still needs one', async () => {
    const records = journalOf({ reboot_not_after: minutes(-0.5) }, launched, rebooting(-1));
    const { stage, reboot } = await agentWith({ bootId: 'before', records });
    expect(await stage('ended')).toMatchObject({ result: { reboot_needed: true, error: null } });
    expect(reboot).not.toHaveBeenCalled();
  });

  test('to an order that nobody has claimed launches a runner for it', async () => {
    const { launch, stage } = await agentWith({ bootId: 'before', records: journalOf({}, launched) });
    await vi.waitFor(() => expect(launch).toHaveBeenCalledOnce());
    await stage('launched');
  });

  test('to an order that nobody has claimed in time makes sure that nobody will', async () => {
    const records = journalOf({ valid_for_ms: 1000 }, launched);
    const { launch, stage } = await agentWith({ bootId: 'before', records });
    expect(await stage('ended')).toMatchObject({ result: { exit_code: null, reboot_needed: null } });
    expect(launch).not.toHaveBeenCalled();
  });

  test('after the host went down in the middle of a transaction says that there is no result', async () => {
    const made = await agentWith({ bootId: 'after', records: journalOf({}, launched) });
    const claim = { pid: process.pid, start_time: '1', boot_id: 'before' };
    await writeFile(path.join(made.root, 'runs', run_id, 'claim.json'), JSON.stringify(claim));
    const stage = await made.stage('ended');
    expect(stage).toMatchObject({ result: { error: expect.stringContaining('without a result') as string } });
  });
});
