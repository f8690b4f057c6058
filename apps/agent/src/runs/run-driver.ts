import type { RunOrder } from '@patchgate/contracts/agent';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { createOnce, hasCode, writeDurably } from '../platform/durable-file.js';
import { messageOf } from '../platform/messages.js';
import { decideReboot } from './decide-reboot.js';
import { isTooLate } from './decide-start.js';
import type { TransactionResult } from './journal-record.js';
import { ABANDONED, observeRunner } from './observe-runner.js';
import { runDirectory } from './run-directory.js';
import { isOpen } from './run-entry.js';
import type { RunEntry } from './run-entry.js';
import type { RunParts } from './run-parts.js';
import type { RunTask } from './run-task.js';

const LOOK_EVERY_MS = 250;
/** A runner that was started and has made no claim by then never came to life. */
const CLAIM_TIMEOUT_MS = 60_000;
/** A host that was told to restart and still runs then does not restart. */
const REBOOT_TIMEOUT_MS = 15 * 60_000;

/** Brings each run to its end, from wherever the journal says it stands: after an order as after a restart of the agent. */
export class RunDriver {
  readonly #stopped = new AbortController();
  readonly #launchedAtMs = new Map<string, number>();
  readonly #rebootedAtMs = new Map<string, number>();

  constructor(private readonly parts: RunParts) {}

  /** Takes up what an earlier agent left. */
  resume(): void {
    for (const { runId } of this.parts.store.all().filter(isOpen)) this.drive(runId);
  }

  drive(runId: string): void {
    void this.#drive(runId);
  }

  /** Leaves runners alone: whoever starts next adopts them. */
  stop(): void {
    this.#stopped.abort();
  }

  /** A run whose runner still works though the journal does not know it as open: cancelled just now, or from a lost journal. */
  async lingering(): Promise<string | null> {
    for (const runId of await namesIn(path.join(this.parts.stateDirectory, 'runs'))) {
      const seen = await observeRunner(runDirectory(this.parts.stateDirectory, runId), this.parts.paths);
      if (seen.kind === 'working' || (seen.kind === 'cancelled' && seen.isAlive)) return runId;
    }
    return null;
  }

  async #drive(runId: string): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const isDone = await this.parts.serial.run(() => this.#step(runId));
        if (isDone) return;
      } catch (error) {
        this.parts.log.error({ err: error, runId }, 'run not brought forward');
      }
      // The only rejection is the abort, which the loop's condition sees.
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns whether the run has ended */
  async #step(runId: string): Promise<boolean> {
    const entry = this.parts.store.find(runId);
    if (entry?.order == null || !isOpen(entry)) return true;
    switch (entry.stage.kind) {
      case 'accepted':
        await this.#start(entry, entry.order);
        return false;
      case 'launched':
        await this.#follow(entry, entry.order);
        return false;
      case 'rebooting':
        await this.#restartHost(entry, entry.stage, entry.order);
        return false;
      case 'ended':
      case 'cancelled':
        return true;
    }
  }

  async #start(entry: RunEntry, order: RunOrder): Promise<void> {
    const { store, stateDirectory, packageLockTimeoutSeconds } = this.parts;
    if (await this.#isTooLate(entry, order)) {
      await this.#end(entry, notStarted(tooLateText, this.#now()));
      return;
    }
    const validUntil = new Date(entry.acceptedAt).getTime() + order.valid_for_ms;
    const task: RunTask = {
      run_id: entry.runId,
      packages: order.packages,
      start_before: new Date(Math.min(validUntil, new Date(order.not_after).getTime())).toISOString(),
      package_lock_timeout_seconds: packageLockTimeoutSeconds,
    };
    await writeDurably(runDirectory(stateDirectory, entry.runId).task, JSON.stringify(task));
    await store.record({ kind: 'launched', run_id: entry.runId, at: this.#now() });
    await this.#launch(entry);
  }

  async #launch(entry: RunEntry): Promise<void> {
    const { log, launch, stateDirectory, clock } = this.parts;
    this.#launchedAtMs.set(entry.runId, clock.monotonicMs());
    try {
      await launch(entry.runId, runDirectory(stateDirectory, entry.runId).root);
      log.info({ runId: entry.runId }, 'package transaction launched');
    } catch (error) {
      log.error({ err: error, runId: entry.runId }, 'package transaction not launched');
      await this.#abandon(entry, `the package transaction could not be started: ${messageOf(error)}`);
    }
  }

  async #follow(entry: RunEntry, order: RunOrder): Promise<void> {
    const seen = await observeRunner(runDirectory(this.parts.stateDirectory, entry.runId), this.parts.paths);
    switch (seen.kind) {
      case 'working':
        return;
      case 'ended':
        await this.#conclude(entry, order, seen.result);
        return;
      case 'cancelled':
        await this.parts.store.record({ kind: 'cancelled', run_id: entry.runId, at: this.#now() });
        return;
      case 'abandoned':
        await this.#end(entry, notStarted('the package transaction did not start', this.#now()));
        return;
      case 'vanished':
        await this.#end(entry, notStarted(vanishedText, this.#now()));
        return;
      case 'not_claimed':
        await this.#waitForClaim(entry, order);
        return;
    }
  }

  async #waitForClaim(entry: RunEntry, order: RunOrder): Promise<void> {
    const launchedAtMs = this.#launchedAtMs.get(entry.runId);
    if (launchedAtMs === undefined) {
      // An earlier agent died here. Whether its runner is on its way or not, the claim lets one go on.
      if (await this.#isTooLate(entry, order)) await this.#abandon(entry, tooLateText);
      else await this.#launch(entry);
    } else if (this.parts.clock.monotonicMs() - launchedAtMs > CLAIM_TIMEOUT_MS) {
      await this.#abandon(entry, 'the package transaction did not start');
    }
  }

  /** Ends a run that nobody has claimed, and makes sure that nobody will. */
  async #abandon(entry: RunEntry, error: string): Promise<void> {
    const { claim } = runDirectory(this.parts.stateDirectory, entry.runId);
    if (await createOnce(claim, JSON.stringify(ABANDONED)))
      await this.#end(entry, notStarted(error, this.#now()));
  }

  async #conclude(entry: RunEntry, order: RunOrder, result: TransactionResult): Promise<void> {
    const { store, clock, readBootId } = this.parts;
    const decision = decideReboot(order, result, clock.now());
    if (decision.kind !== 'reboot') {
      await this.#end(entry, result);
      return;
    }
    const due_at = decision.dueAt.toISOString();
    const boot_id = await readBootId();
    await store.record({ kind: 'rebooting', run_id: entry.runId, at: this.#now(), result, due_at, boot_id });
  }

  async #restartHost(
    entry: RunEntry,
    { result, dueAt }: { result: TransactionResult; dueAt: string },
    order: RunOrder,
  ): Promise<void> {
    const { clock, log, reboot, readBootId } = this.parts;
    if ((await readBootId()) !== entry.bootIdBefore) {
      await this.#end(entry, { ...result, reboot_needed: false });
      return;
    }
    const now = clock.now();
    if (now < new Date(dueAt)) return;
    const rebootedAtMs = this.#rebootedAtMs.get(entry.runId);
    if (rebootedAtMs !== undefined) {
      if (clock.monotonicMs() - rebootedAtMs > REBOOT_TIMEOUT_MS) {
        await this.#end(entry, { ...result, error: 'the host was told to restart and did not' });
      }
      return;
    }
    // An earlier agent may have died before it said so to the host, and the time for it may have passed since.
    if (order.reboot_not_after !== null && now > new Date(order.reboot_not_after)) {
      await this.#end(entry, result);
      return;
    }
    this.#rebootedAtMs.set(entry.runId, clock.monotonicMs());
    log.warn({ runId: entry.runId }, 'host restarts after its run');
    try {
      await reboot();
    } catch (error) {
      log.error({ err: error, runId: entry.runId }, 'host not restarted');
      await this.#end(entry, { ...result, error: `the restart failed: ${messageOf(error)}` });
    }
  }

  async #end(entry: RunEntry, result: TransactionResult): Promise<void> {
    const { store, log, readBootId } = this.parts;
    const at = this.#now();
    await store.record({ kind: 'ended', run_id: entry.runId, at, result, boot_id: await readBootId() });
    log.info({ runId: entry.runId, exitCode: result.exit_code, error: result.error }, 'run ended');
  }

  async #isTooLate(entry: RunEntry, order: RunOrder): Promise<boolean> {
    const { clock, readBootId, readUptimeSeconds } = this.parts;
    const [bootId, uptimeSeconds] = await Promise.all([readBootId(), readUptimeSeconds()]);
    return isTooLate({ ...entry, order }, { now: clock.now(), bootId, uptimeSeconds });
  }

  #now(): string {
    return this.parts.clock.now().toISOString();
  }
}

const tooLateText = 'too late: the order was no longer valid before the packages were changed';
const vanishedText =
  'the package transaction ended without a result: it was killed, or the host went down; the next run repairs what it left';

const notStarted = (error: string, ended_at: string): TransactionResult => ({
  exit_code: null,
  error,
  reboot_needed: null,
  ended_at,
});

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
