/** FastCGI 1.0, section 3.3: version, type, request id, content length, padding, reserved. */
const headerBytes = 8;
const version = 1;
const requestId = 1;

export const recordType = { begin: 1, end: 3, params: 4, stdin: 5, stdout: 6, stderr: 7 } as const;

/** One record, padded to eight bytes as the specification recommends. */
export function encodeRecord(type: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const padding = (8 - (content.length % 8)) % 8;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(version, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(requestId, 2);
  header.writeUInt16BE(content.length, 4);
  header.writeUInt8(padding, 6);
  return Buffer.concat([header, content, Buffer.alloc(padding)]);
}

/** Name-value pairs (section 3.4): lengths below 128 in one byte, else in four with the top bit set. */
export function encodeParams(params: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(params).flatMap(([name, value]) => {
    const [nameBytes, valueBytes] = [Buffer.from(name), Buffer.from(value)];
    return [encodeLength(nameBytes.length), encodeLength(valueBytes.length), nameBytes, valueBytes];
  });
  return Buffer.concat(pairs);
}

function encodeLength(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((length | 0x8000_0000) >>> 0);
  return bytes;
}

export interface FastcgiRecord {
  readonly type: number;
  readonly content: Buffer;
}

/** Cuts a stream into records. */
export class RecordReader {
  #rest = Buffer.alloc(0);

  /** @returns the records that are complete, or null when these bytes are no FastCGI */
  push(chunk: Buffer): FastcgiRecord[] | null {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const records: FastcgiRecord[] = [];
    while (this.#rest.length > 0) {
      if (this.#rest[0] !== version) return null;
      if (this.#rest.length < headerBytes) break;
      const length = this.#rest.readUInt16BE(4);
      const end = headerBytes + length + this.#rest.readUInt8(6);
      if (this.#rest.length < end) break;
      const content = this.#rest.subarray(headerBytes, headerBytes + length);
      records.push({ type: this.#rest.readUInt8(1), content });
      this.#rest = this.#rest.subarray(end);
    }
    return records;
  }
}
