import { rm } from 'node:fs/promises';
import path from 'node:path';

import { writeDurably } from '../platform/durable-file.js';
import { readIfThere } from '../platform/read-if-there.js';
import { JOURNAL_FILE } from './journal.js';
import { writeLine } from './journal-line.js';
import type { JournalRecord } from './journal-record.js';
import { readJournal } from './read-journal.js';
import { runDirectory } from './run-directory.js';
import type { RunBook, RunEntry } from './run-entry.js';
import { recorded } from './run-entry.js';

const KEPT_MS = 30 * 86_400_000;

/**
 * Forgets what nobody can ask for any more: runs that the manager has acknowledged and whose orders came too late now
 * even if one were still on its way. Called while no journal is open.
 */
export async function compactJournal(stateDirectory: string, now: Date): Promise<void> {
  const file = path.join(stateDirectory, JOURNAL_FILE);
  const found = readJournal(await readIfThere(file));
  if (found.kind !== 'good') return;
  const book = found.records.reduce<RunBook>(recorded, new Map());
  const forgotten = new Set(
    [...book.values()].filter((entry) => isForgettable(entry, now)).map(({ runId }) => runId),
  );
  if (forgotten.size === 0) return;
  const epoch: JournalRecord = { kind: 'epoch', epoch: found.epoch, at: now.toISOString() };
  const kept = found.records.filter((record) => record.kind === 'epoch' || !forgotten.has(record.run_id));
  await writeDurably(file, [epoch, ...kept].map((record) => writeLine(JSON.stringify(record))).join(''));
  for (const runId of forgotten) {
    await rm(runDirectory(stateDirectory, runId).root, { recursive: true, force: true });
  }
}

function isForgettable({ stage, order, isAcknowledged, acceptedAt }: RunEntry, now: Date): boolean {
  const isOver = (order === null && stage.kind === 'cancelled') || isAcknowledged;
  const lastUse = Math.max(
    new Date(acceptedAt).getTime(),
    new Date(order?.not_after ?? acceptedAt).getTime(),
  );
  return isOver && now.getTime() - lastUse > KEPT_MS;
}
