import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { toTar } from './tar.js';

it('is unpacked by tar, each file with its text and its rights', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-tar-'));
  try {
    const long = 'a line of text\n'.repeat(100);
    const archive = toTar([
      { path: 'certs/ca.pem', text: long, mode: 0o644 },
      { path: 'certs/server.key.pem', text: 'secret\n', mode: 0o600 },
      { path: 'certs/empty', text: '', mode: 0o644 },
    ]);
    writeFileSync(path.join(directory, 'bundle.tar'), archive);
    execFileSync('tar', ['-xpf', 'bundle.tar'], { cwd: directory });
    const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
    expect(read('certs/ca.pem')).toBe(long);
    expect(read('certs/server.key.pem')).toBe('secret\n');
    expect(read('certs/empty')).toBe('');
    expect(statSync(path.join(directory, 'certs/server.key.pem')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
