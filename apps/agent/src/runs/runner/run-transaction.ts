import type { Clock } from '@patchgate/service-health';
import { readFile } from 'node:fs/promises';

import type { PackageSystem } from '../../packages/package-system.port.js';
import { createOnce, writeDurably } from '../../platform/durable-file.js';
import type { HostPaths } from '../../platform/host-paths.js';
import { messageOf } from '../../platform/messages.js';
import { isRebootPending } from '../../system/pending-reboot.js';
import type { TransactionResult } from '../journal-record.js';
import type { RunDirectory } from '../run-directory.js';
import type { RunTask } from '../run-task.js';
import { runTask } from '../run-task.js';
import { identityOf } from '../runner-identity.js';
import { performTransaction } from './perform-transaction.js';
import { ProgressFile } from './progress-file.js';
import { RunLog } from './run-log.js';

export interface RunnerOptions {
  readonly directory: RunDirectory;
  readonly pid: number;
  readonly paths: HostPaths;
  readonly clock: Clock;
  readonly openSystem: (lockTimeoutSeconds: number) => Promise<PackageSystem | null>;
}

/**
 * The runner: a process of its own that does one package transaction at most, whatever becomes of the agent. However
 * many are started for a run, the one that makes the claim goes on.
 *
 * @returns whether this one did
 */
export async function runTransaction(options: RunnerOptions): Promise<boolean> {
  const { directory, pid, paths, clock } = options;
  const task = runTask.parse(JSON.parse(await readFile(directory.task, 'utf8')));
  if (!(await createOnce(directory.claim, JSON.stringify(await identityOf(pid, paths))))) return false;
  const log = new RunLog(directory.log, clock);
  try {
    const result = await resultOf(task, log, options);
    if (result !== null) await writeDurably(directory.result, JSON.stringify(result));
  } finally {
    log.close();
  }
  return true;
}

/** @returns null for a run that was cancelled: then there is nothing to tell */
async function resultOf(
  task: RunTask,
  log: RunLog,
  { directory, paths, clock, openSystem }: RunnerOptions,
): Promise<TransactionResult | null> {
  const isLate = () => clock.now() > new Date(task.start_before);
  const notStarted = (error: string) => ({ exit_code: null, error, reboot_needed: null, ended_at: now() });
  const now = () => clock.now().toISOString();
  const progress = new ProgressFile(directory.progress, (error) =>
    log.write(`progress not shown: ${messageOf(error)}`),
  );
  try {
    const system = await openSystem(task.package_lock_timeout_seconds);
    if (system === null) return notStarted('no supported package system on this host');
    if (isLate()) return notStarted(lateText);
    const outcome = await performTransaction({
      system,
      packages: task.packages,
      log: log.write,
      progress: (phase, percent) => progress.show({ phase, percent }),
      mayChange: async () => !isLate() && (await createOnce(directory.decision, 'transaction')),
      isHostWaiting: () => isRebootPending(paths),
    });
    await progress.settled();
    if (outcome.kind === 'cancelled') return isLate() ? notStarted(lateText) : null;
    const { exitCode, error, isRebootNeeded } = outcome;
    return {
      exit_code: exitCode,
      error: error && error.slice(0, MAX_ERROR_LENGTH),
      reboot_needed: isRebootNeeded,
      ended_at: now(),
    };
  } catch (error) {
    log.write(`the runner failed: ${messageOf(error)}`);
    return {
      exit_code: null,
      error: `the runner failed: ${messageOf(error)}`,
      reboot_needed: null,
      ended_at: now(),
    };
  }
}

/** It is a sentence for people; all that was said is in the log. */
const MAX_ERROR_LENGTH = 500;

const lateText = 'too late: the window closed before the packages were changed';
