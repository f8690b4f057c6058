import type { RunOrder, RunReport } from '@patchgate/contracts/agent';
import { runPayloadText } from '@patchgate/contracts/agent';
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { AgentRefusal } from '../http/agent-refusal.js';
import { createOnce, syncDirectory } from '../platform/durable-file.js';
import { readIfThere } from '../platform/read-if-there.js';
import { decideOrder } from './decide-order.js';
import { readRunLog } from './read-run-log.js';
import { reportRun } from './report-run.js';
import { runDirectory } from './run-directory.js';
import type { RunDriver } from './run-driver.js';
import { isOpen } from './run-entry.js';
import type { RunEntry } from './run-entry.js';
import type { RunParts } from './run-parts.js';
import { runProgress } from './run-task.js';

/** Where managers order runs, ask about them and cancel them. */
export class RunDesk {
  constructor(
    private readonly parts: RunParts,
    private readonly driver: RunDriver,
  ) {}

  /** @returns whether it is new; the record of it is on the disk by then */
  async order(runId: string, order: RunOrder): Promise<{ isNew: boolean; report: RunReport }> {
    if (order.payload_sha256 !== createHash('sha256').update(runPayloadText(order)).digest('hex')) {
      throw new AgentRefusal('VALIDATION_ERROR', 'payload_sha256: is not the hash of this order');
    }
    const isNew = await this.parts.serial.run(() => this.#decide(runId, order));
    if (isNew) this.driver.drive(runId);
    return { isNew, report: await this.report(runId, 0) };
  }

  /** @throws AgentRefusal `RUN_NOT_FOUND` */
  async report(runId: string, after: number): Promise<RunReport> {
    const entry = this.#entry(runId);
    const directory = runDirectory(this.parts.stateDirectory, runId);
    const { lines, total } = await readRunLog(directory.log, after);
    const text = await readIfThere(directory.progress);
    const progress = text === null ? null : runProgress.parse(JSON.parse(text));
    return reportRun(entry, { progress, log: lines, logTotal: total, epoch: this.parts.store.epoch });
  }

  /** Leaves a tombstone also for a run that was never ordered: its order may still be on its way. */
  async cancel(runId: string, fence: number | undefined): Promise<RunReport> {
    await this.parts.serial.run(() => this.#cancel(runId, fence));
    return await this.report(runId, 0);
  }

  async acknowledge(runId: string): Promise<RunReport> {
    await this.parts.serial.run(() => this.#acknowledge(runId));
    return await this.report(runId, 0);
  }

  async #decide(runId: string, order: RunOrder): Promise<boolean> {
    const { store, clock, stateDirectory, readBootId, readUptimeSeconds } = this.parts;
    const now = clock.now();
    if (order.agent_epoch !== undefined && order.agent_epoch !== store.epoch) {
      throw new AgentRefusal('OTHER_JOURNAL', 'the order was meant for a journal that is lost');
    }
    const entry = store.find(runId);
    const activeRunId = store.open()?.runId ?? (await this.driver.lingering());
    const decision = decideOrder(order, { entry, activeRunId, now });
    switch (decision.kind) {
      case 'accept': {
        this.parts.mayStart();
        const [boot_id, uptime_seconds] = await Promise.all([readBootId(), readUptimeSeconds()]);
        const { root } = runDirectory(stateDirectory, runId);
        await mkdir(root, { recursive: true, mode: 0o700 });
        for (const made of [root, path.dirname(root), stateDirectory]) await syncDirectory(made);
        const at = now.toISOString();
        await store.record({ kind: 'accepted', run_id: runId, at, order, boot_id, uptime_seconds });
        return true;
      }
      case 'replay':
        if (decision.raisesFence) {
          await store.record({ kind: 'fence', run_id: runId, at: now.toISOString(), fence: order.fence });
        }
        return false;
      case 'conflict':
        throw new AgentRefusal('RUN_CONFLICT', 'another order was taken under this id');
      case 'cancelled':
        throw new AgentRefusal('RUN_CANCELLED', 'this run was cancelled');
      case 'stale_fence':
        throw staleFence(decision.fence);
      case 'busy':
        throw new AgentRefusal('HOST_BUSY', `run ${decision.runId} is under way`, {
          details: { run_id: decision.runId },
          isRetryable: true,
        });
      case 'too_late':
        throw new AgentRefusal('TOO_LATE', 'not_after has passed');
    }
  }

  async #cancel(runId: string, fence: number | undefined): Promise<void> {
    const { store, clock, stateDirectory } = this.parts;
    const entry = store.find(runId);
    if (entry?.stage.kind === 'cancelled') return;
    if (entry !== undefined && fence !== undefined && fence < entry.fence) throw staleFence(entry.fence);
    if (entry !== undefined) {
      const { decision } = runDirectory(stateDirectory, runId);
      // The runner makes the same file before it changes anything: one of the two comes first.
      if (!isOpen(entry) || !(await isCancelMade(decision))) {
        throw new AgentRefusal('TOO_LATE_TO_CANCEL', 'the package transaction has begun');
      }
    }
    await store.record({ kind: 'cancelled', run_id: runId, at: clock.now().toISOString() });
  }

  async #acknowledge(runId: string): Promise<void> {
    const { store, clock, stateDirectory } = this.parts;
    const entry = this.#entry(runId);
    if (isOpen(entry)) throw new AgentRefusal('RUN_NOT_ENDED', 'this run has not ended');
    if (entry.isAcknowledged) return;
    await store.record({ kind: 'acknowledged', run_id: runId, at: clock.now().toISOString() });
    // The claim stays: it is what keeps a second runner from ever starting.
    await rm(runDirectory(stateDirectory, runId).log, { force: true });
  }

  #entry(runId: string): RunEntry {
    const entry = this.parts.store.find(runId);
    if (entry === undefined) throw new AgentRefusal('RUN_NOT_FOUND', 'no such run');
    return entry;
  }
}

async function isCancelMade(decision: string): Promise<boolean> {
  return (await createOnce(decision, 'cancelled')) || (await readIfThere(decision)) === 'cancelled';
}

const staleFence = (fence: number): AgentRefusal =>
  new AgentRefusal('STALE_FENCE', 'the run was ordered with a higher fence', { details: { fence } });
