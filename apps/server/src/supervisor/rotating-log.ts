import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export interface RotatingLog {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Appends lines to a file that only its owner reads; one older file is kept, so it never fills a disk. */
export function openRotatingLog(file: string, maxBytes = 10 * 1024 * 1024): RotatingLog {
  let descriptor = openSync(file, 'a', 0o600);
  let bytes = fstatSync(descriptor).size;
  return {
    write: (line) => {
      if (bytes > maxBytes) {
        closeSync(descriptor);
        if (existsSync(file)) renameSync(file, `${file}.1`);
        descriptor = openSync(file, 'a', 0o600);
        bytes = 0;
      }
      bytes += writeSync(descriptor, `${line}\n`);
    },
    close: () => closeSync(descriptor),
  };
}
