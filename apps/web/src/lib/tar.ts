interface TarFile {
  /** Shorter than 100 bytes of ASCII. */
  path: string;
  text: string;
  mode: number;
}

const blockBytes = 512;
const encoder = new TextEncoder();

/** A ustar archive of small text files (POSIX.1-2017, pax, "ustar Interchange Format"), of no user and no time. */
export function toTar(files: readonly TarFile[]): Uint8Array<ArrayBuffer> {
  const blocks = files.flatMap((file) => {
    const content = encoder.encode(file.text);
    return [headerOf(file, content.length), padded(content)];
  });
  // Two blocks of zeros are the end.
  return joined([...blocks, new Uint8Array(2 * blockBytes)]);
}

function headerOf({ path, mode }: TarFile, bytes: number): Uint8Array {
  const header = new Uint8Array(blockBytes);
  const put = (at: number, text: string) => header.set(encoder.encode(text), at);
  put(0, path);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(bytes, 11));
  put(136, octal(0, 11));
  put(156, '0');
  put(257, 'ustar\u000000');
  // Counted as if the sum itself were spaces.
  put(148, ' '.repeat(8));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\u0000 `);
  return header;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

function padded(content: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(content.length / blockBytes) * blockBytes);
  whole.set(content);
  return whole;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
