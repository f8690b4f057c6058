import { appendFile, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { compactJournal } from './compact-journal.js';
import { Journal, JOURNAL_FILE } from './journal.js';
import type { JournalRecord } from './journal-record.js';
import { newOrder } from './order.fixture.js';

const at = '2026-01-01T00:00:00.000Z';
const cancelled = (run_id: string): JournalRecord => ({ kind: 'cancelled', run_id, at });

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-journal-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

let epochs = 0;
const open = (directory: string) =>
  Journal.open({ directory, now: () => new Date(at), newEpoch: () => `epoch-${(epochs += 1)}` });

async function journalWith(records: readonly JournalRecord[]) {
  const directory = await newDirectory();
  const { journal, epoch } = await open(directory);
  for (const record of records) await journal.append(record);
  await journal.close();
  return { directory, epoch, file: path.join(directory, JOURNAL_FILE) };
}

describe('the journal', () => {
  test('has after every restart what was appended, under the same epoch', async () => {
    const { directory, epoch } = await journalWith([cancelled('a'), cancelled('b')]);
    const again = await open(directory);
    await again.journal.append(cancelled('c'));
    await again.journal.close();
    const last = await open(directory);
    expect(last).toMatchObject({ epoch, setAside: null, records: ['a', 'b', 'c'].map(cancelled) });
    await last.journal.close();
  });

  test('forgets a last line that was torn at any byte, and nothing before it', async () => {
    const { directory, file, epoch } = await journalWith([cancelled('a'), cancelled('b')]);
    const text = await readFile(file, 'utf8');
    const lastLine = text.split('\n').at(-2)!.length + 1;
    for (let torn = 1; torn <= lastLine; torn += 1) {
      await writeFile(file, text);
      await truncate(file, text.length - torn);
      const opened = await open(directory);
      expect(opened).toMatchObject({ epoch, records: [cancelled('a')] });
      await opened.journal.append(cancelled('c'));
      await opened.journal.close();
      const after = await open(directory);
      expect(after.records).toEqual(['a', 'c'].map(cancelled));
      await after.journal.close();
    }
  });

  test('that is damaged in the middle is put aside, and a new epoch says that it was lost', async () => {
    const { directory, file, epoch } = await journalWith([cancelled('a'), cancelled('b')]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"run_id":"a"', '"run_id":"z"'));
    const opened = await open(directory);
    expect(opened.records).toEqual([]);
    expect(opened.epoch).not.toBe(epoch);
    expect(path.basename(opened.setAside!)).toMatch(/^runs\.journal\.damaged-/);
    expect(await readdir(directory)).toContain(path.basename(opened.setAside!));
    await opened.journal.close();
  });

  test('without a single whole line is lost too', async () => {
    const directory = await newDirectory();
    await appendFile(path.join(directory, JOURNAL_FILE), 'half a li');
    const opened = await open(directory);
    expect(opened.setAside).not.toBeNull();
    await opened.journal.close();
  });

  test('keeps the order of records that are appended at once', async () => {
    const directory = await newDirectory();
    const { journal } = await open(directory);
    const names = Array.from({ length: 50 }, (_none, index) => `run-${index}`);
    await Promise.all(names.map((name) => journal.append(cancelled(name))));
    await journal.close();
    const again = await open(directory);
    expect(again.records).toEqual(names.map(cancelled));
    await again.journal.close();
  });

  test('loses with time what was acknowledged, and nothing else', async () => {
    const order = newOrder({ not_after: '2026-01-02T00:00:00.000Z' });
    const accepted = (run_id: string): JournalRecord => ({
      ...{ kind: 'accepted', run_id, at, order, boot_id: 'boot', uptime_seconds: 1 },
    });
    const acknowledged: JournalRecord = { kind: 'acknowledged', run_id: 'told', at };
    const { directory, epoch } = await journalWith([accepted('told'), accepted('untold'), acknowledged]);
    await compactJournal(directory, new Date('2026-01-20T00:00:00.000Z'));
    const early = await open(directory);
    expect(early.records).toHaveLength(3);
    await early.journal.close();
    await compactJournal(directory, new Date('2026-03-01T00:00:00.000Z'));
    const late = await open(directory);
    expect(late).toMatchObject({ epoch, records: [accepted('untold')] });
    await late.journal.close();
  });
});
