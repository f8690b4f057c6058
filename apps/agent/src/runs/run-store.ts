import type { JournalRecord } from './journal-record.js';
import type { Journal } from './journal.js';
import type { RunBook, RunEntry } from './run-entry.js';
import { isOpen, recorded } from './run-entry.js';

/** The book of runs as the journal has it: nothing is in it that is not on the disk. */
export class RunStore {
  #book: RunBook;

  constructor(
    private readonly journal: Pick<Journal, 'append'>,
    records: readonly JournalRecord[],
    readonly epoch: string,
  ) {
    this.#book = records.reduce<RunBook>(recorded, new Map());
  }

  async record(record: JournalRecord): Promise<void> {
    await this.journal.append(record);
    this.#book = recorded(this.#book, record);
  }

  find(runId: string): RunEntry | undefined {
    return this.#book.get(runId);
  }

  all(): readonly RunEntry[] {
    return [...this.#book.values()];
  }

  open(): RunEntry | undefined {
    return this.all().find(isOpen);
  }
}
