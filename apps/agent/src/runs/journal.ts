import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';

import { syncDirectory } from '../platform/durable-file.js';
import { readIfThere } from '../platform/read-if-there.js';
import { messageOf } from '../platform/messages.js';
import { AgentRefusal } from '../http/agent-refusal.js';
import { writeLine } from './journal-line.js';
import type { JournalRecord } from './journal-record.js';
import { readJournal } from './read-journal.js';

interface JournalOptions {
  readonly directory: string;
  readonly now: () => Date;
  readonly newEpoch: () => string;
}

export interface OpenedJournal {
  readonly journal: Journal;
  readonly epoch: string;
  readonly records: readonly JournalRecord[];
  /** Where the old journal was put aside because it was damaged. */
  readonly setAside: string | null;
}

export const JOURNAL_FILE = 'runs.journal';

/** What the agent must not forget, in a file that is only ever appended to; a record is on the disk when `append` resolves. */
export class Journal {
  #goodBytes: number;
  #lastWrite: Promise<void> = Promise.resolve();
  #isBroken = false;

  private constructor(
    private readonly file: FileHandle,
    goodBytes: number,
  ) {
    this.#goodBytes = goodBytes;
  }

  static async open({ directory, now, newEpoch }: JournalOptions): Promise<OpenedJournal> {
    const file = path.join(directory, JOURNAL_FILE);
    const found = readJournal(await readIfThere(file));
    switch (found.kind) {
      case 'good': {
        const journal = await Journal.#over(file, found.goodBytes);
        return { journal, epoch: found.epoch, records: found.records, setAside: null };
      }
      case 'none':
        return { ...(await Journal.#begin(file, now(), newEpoch())), setAside: null };
      case 'damaged': {
        const setAside = `${file}.damaged-${now().toISOString().replaceAll(':', '')}`;
        await rename(file, setAside);
        return { ...(await Journal.#begin(file, now(), newEpoch())), setAside };
      }
    }
  }

  /** @throws AgentRefusal `JOURNAL_ERROR`; then nothing of the record is in the file, or nothing more is taken */
  append(record: JournalRecord): Promise<void> {
    const write = this.#lastWrite.then(() => this.#write(record));
    // A failed write is the caller's to report; the next one begins anew.
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }

  async close(): Promise<void> {
    await this.#lastWrite;
    await this.file.close();
  }

  async #write(record: JournalRecord): Promise<void> {
    if (this.#isBroken) throw journalError('it could not be cleared of a half-written record');
    const line = Buffer.from(writeLine(JSON.stringify(record)));
    try {
      await this.file.write(line, 0, line.length, this.#goodBytes);
      await this.file.datasync();
      this.#goodBytes += line.length;
    } catch (error) {
      await this.#forgetHalfWritten();
      throw journalError(messageOf(error), error);
    }
  }

  async #forgetHalfWritten(): Promise<void> {
    try {
      await this.file.truncate(this.#goodBytes);
      await this.file.datasync();
    } catch {
      this.#isBroken = true;
    }
  }

  static async #over(file: string, goodBytes: number): Promise<Journal> {
    const opened = await open(file, 'r+');
    // What a crash tore off must not stay in front of the next record.
    await opened.truncate(goodBytes);
    await opened.sync();
    return new Journal(opened, goodBytes);
  }

  static async #begin(file: string, now: Date, epoch: string) {
    const opened = await open(file, 'wx+', 0o600);
    await syncDirectory(path.dirname(file));
    const journal = new Journal(opened, 0);
    await journal.append({ kind: 'epoch', epoch, at: now.toISOString() });
    return { journal, epoch, records: [] };
  }
}

function journalError(why: string, cause?: unknown): AgentRefusal {
  return new AgentRefusal('JOURNAL_ERROR', `the journal of runs cannot be written: ${why}`, {
    isRetryable: true,
    cause,
  });
}
