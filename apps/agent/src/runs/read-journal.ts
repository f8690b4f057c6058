import { readLine } from './journal-line.js';
import type { JournalRecord } from './journal-record.js';
import { journalRecord } from './journal-record.js';

export type FoundJournal =
  | { kind: 'none' }
  | { kind: 'good'; epoch: string; records: readonly JournalRecord[]; goodBytes: number }
  | { kind: 'damaged' };

/**
 * Reads what a journal holds. A last line that is torn was never acknowledged to anybody, so it is as if it were not there;
 * a bad line with good ones behind it means that the file cannot be believed at all.
 *
 * @param text null where there is no file
 */
export function readJournal(text: string | null): FoundJournal {
  // The first record is written after the file is made: without one, nothing was ever promised.
  if (text === null) return { kind: 'none' };
  const lines = text.split('\n');
  const records: JournalRecord[] = [];
  let goodBytes = 0;
  for (const [index, line] of lines.entries()) {
    const isComplete = index < lines.length - 1;
    const record = isComplete ? parseRecord(line) : null;
    if (record === null) {
      const rest = lines.slice(index + 1).filter((later) => later !== '');
      if (rest.length > 0) return { kind: 'damaged' };
      break;
    }
    records.push(record);
    goodBytes += Buffer.byteLength(line) + 1;
  }
  const [first, ...others] = records;
  if (first?.kind !== 'epoch') return { kind: 'damaged' };
  return { kind: 'good', epoch: first.epoch, records: others, goodBytes };
}

function parseRecord(line: string): JournalRecord | null {
  const text = readLine(line);
  if (text === null) return null;
  const parsed = journalRecord.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
