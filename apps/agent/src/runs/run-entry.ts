import type { RunOrder } from '@patchgate/contracts/agent';

import type { JournalRecord, TransactionResult } from './journal-record.js';

export type RunStage =
  | { kind: 'accepted' }
  | { kind: 'launched'; at: string }
  | { kind: 'rebooting'; result: TransactionResult; dueAt: string }
  | { kind: 'ended'; at: string; result: TransactionResult; bootId: string }
  | { kind: 'cancelled'; at: string };

/** What the journal says of one run. */
export interface RunEntry {
  readonly runId: string;
  /** Null for one that was cancelled before its order came. */
  readonly order: RunOrder | null;
  readonly fence: number;
  readonly acceptedAt: string;
  readonly bootIdBefore: string | null;
  readonly acceptedUptimeSeconds: number;
  readonly startedAt: string | null;
  readonly stage: RunStage;
  readonly isAcknowledged: boolean;
}

export type RunBook = ReadonlyMap<string, RunEntry>;

/** The book after one more record. Records of runs that it does not know change nothing: they follow a compaction. */
export function recorded(book: RunBook, record: JournalRecord): RunBook {
  if (record.kind === 'epoch') return book;
  const entry = entryAfter(book.get(record.run_id), record);
  return entry === undefined ? book : new Map(book).set(record.run_id, entry);
}

export const isOpen = ({ stage }: RunEntry): boolean => stage.kind !== 'ended' && stage.kind !== 'cancelled';

function entryAfter(
  entry: RunEntry | undefined,
  record: Exclude<JournalRecord, { kind: 'epoch' }>,
): RunEntry | undefined {
  switch (record.kind) {
    case 'accepted':
      return accepted(record);
    case 'cancelled':
      return { ...(entry ?? unknownRun(record)), stage: { kind: 'cancelled', at: record.at } };
    case 'fence':
      return entry && { ...entry, fence: record.fence };
    case 'launched':
      return entry && { ...entry, startedAt: record.at, stage: { kind: 'launched', at: record.at } };
    case 'rebooting':
      return entry && { ...entry, bootIdBefore: record.boot_id, stage: rebooting(record) };
    case 'ended':
      return entry && { ...entry, stage: ended(record) };
    case 'acknowledged':
      return entry && { ...entry, isAcknowledged: true };
  }
}

const rebooting = ({ result, due_at }: Extract<JournalRecord, { kind: 'rebooting' }>): RunStage => ({
  kind: 'rebooting',
  result,
  dueAt: due_at,
});

const ended = ({ at, result, boot_id }: Extract<JournalRecord, { kind: 'ended' }>): RunStage => ({
  kind: 'ended',
  at,
  result,
  bootId: boot_id,
});

function accepted(record: Extract<JournalRecord, { kind: 'accepted' }>): RunEntry {
  return {
    ...unknownRun(record),
    order: record.order,
    fence: record.order.fence,
    bootIdBefore: record.boot_id,
    acceptedUptimeSeconds: record.uptime_seconds,
  };
}

const unknownRun = ({ run_id, at }: { run_id: string; at: string }): RunEntry => ({
  runId: run_id,
  order: null,
  fence: 0,
  acceptedAt: at,
  bootIdBefore: null,
  acceptedUptimeSeconds: 0,
  startedAt: null,
  stage: { kind: 'accepted' },
  isAcknowledged: false,
});
