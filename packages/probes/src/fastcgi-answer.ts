import { RecordReader, recordType } from './fastcgi-record.js';
import type { FastcgiRecord } from './fastcgi-record.js';
import { ProbeFailure } from './probe-failure.js';

/** A ping answers with a word. */
const maxAnswerBytes = 64 * 1024;
/** Section 5.5: the protocol status of the end record. */
const protocolStatus = ['complete', 'cannot multiplex', 'overloaded', 'unknown role'] as const;

export interface CgiAnswer {
  readonly status: number;
  readonly body: string;
}

/** Puts the records of one request together. */
export class FastcgiAnswer {
  readonly #reader = new RecordReader();
  #output: Buffer[] = [];
  #bytes = 0;

  /**
   * @returns the answer once its end has come
   * @throws ProbeFailure `not_fastcgi`, `pool_busy` or `bad_answer`
   */
  push(chunk: Buffer): CgiAnswer | undefined {
    const records = this.#reader.push(chunk);
    if (!records) throw new ProbeFailure('not_fastcgi', 'the other side does not speak FastCGI');
    for (const record of records) {
      if (record.type === recordType.end) return this.#end(record);
      if (record.type === recordType.stdout) this.#append(record.content);
    }
    return undefined;
  }

  #append(content: Buffer): void {
    this.#bytes += content.length;
    if (this.#bytes > maxAnswerBytes) {
      throw new ProbeFailure('bad_answer', `the answer is longer than ${maxAnswerBytes / 1024} KiB`);
    }
    this.#output.push(content);
  }

  #end({ content }: FastcgiRecord): CgiAnswer {
    if (content.length < 8) throw new ProbeFailure('not_fastcgi', 'the other side does not speak FastCGI');
    const status = protocolStatus[content.readUInt8(4)];
    if (status === 'overloaded') throw new ProbeFailure('pool_busy', 'the server says that it is overloaded');
    if (status !== 'complete')
      throw new ProbeFailure('bad_answer', `the server refused the request: ${status ?? 'unknown'}`);
    const exitCode = content.readUInt32BE(0);
    if (exitCode !== 0) throw new ProbeFailure('bad_answer', `the application ended with ${exitCode}`);
    return parseCgi(Buffer.concat(this.#output).toString('utf8'));
  }
}

/** RFC 3875, 6: header fields, an empty line, the body; without a Status field it is 200. */
function parseCgi(output: string): CgiAnswer {
  const [, head = output, body = ''] = /^(.*?)\r?\n\r?\n(.*)$/s.exec(output) ?? [];
  return { status: Number(/^Status:\s*(\d{3})/im.exec(head)?.[1] ?? 200), body };
}
