import type { RunReport } from '@patchgate/contracts/agent';

import type { TransactionResult } from './journal-record.js';
import type { LogLine } from './read-run-log.js';
import type { RunEntry } from './run-entry.js';
import type { RunProgress } from './run-task.js';

interface RunFacts {
  readonly progress: RunProgress | null;
  readonly log: LogLine[];
  readonly logTotal: number;
  readonly epoch: string;
}

/** How much of a whole run each phase is: where it begins and how long it is, in percent. */
const shares: Readonly<Record<RunReport['phase'], readonly [number, number]>> = {
  waiting: [0, 0],
  refreshing: [2, 13],
  upgrading: [15, 77],
  checking: [92, 6],
  rebooting: [98, 0],
  ended: [100, 0],
};

export function reportRun(entry: RunEntry, { progress, log, logTotal, epoch }: RunFacts): RunReport {
  const { state, phase, result, endedAt, bootIdAfter } = standing(entry, progress);
  const [from, length] = shares[phase];
  return {
    run_id: entry.runId,
    state,
    phase,
    progress: Math.round(from + (length * (progress?.percent ?? 0)) / 100),
    log,
    log_total: logTotal,
    exit_code: result?.exit_code ?? null,
    error: result?.error ?? null,
    reboot_needed: result?.reboot_needed ?? null,
    boot_id_before: entry.bootIdBefore,
    boot_id_after: bootIdAfter,
    agent_epoch: epoch,
    accepted_at: entry.acceptedAt,
    started_at: entry.startedAt,
    ended_at: endedAt,
  };
}

interface Standing {
  readonly state: RunReport['state'];
  readonly phase: RunReport['phase'];
  readonly result: TransactionResult | null;
  readonly endedAt: string | null;
  readonly bootIdAfter: string | null;
}

const underWay = { result: null, endedAt: null, bootIdAfter: null };

function standing({ stage }: RunEntry, progress: RunProgress | null): Standing {
  switch (stage.kind) {
    case 'accepted':
      return { ...underWay, state: 'accepted', phase: 'waiting' };
    case 'launched':
      return { ...underWay, state: 'running', phase: progress?.phase ?? 'waiting' };
    case 'rebooting':
      return { ...underWay, state: 'rebooting', phase: 'rebooting', result: stage.result };
    case 'cancelled':
      return { ...underWay, state: 'cancelled', phase: 'ended', endedAt: stage.at };
    case 'ended':
      return {
        state: hasSucceeded(stage.result) ? 'succeeded' : 'failed',
        phase: 'ended',
        result: stage.result,
        endedAt: stage.at,
        bootIdAfter: stage.bootId,
      };
  }
}

export const hasSucceeded = ({ exit_code, error }: TransactionResult): boolean =>
  exit_code === 0 && error === null;
