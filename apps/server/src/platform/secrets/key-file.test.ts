import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeKeyDirectory, readKeyRing } from './key-directory.js';
import { createKeyFile, readKeyFile } from './key-file.js';
import type { KeyDirectory } from './key-file.js';

const uid = process.geteuid!();
let keys: KeyDirectory;
let file: string;

beforeEach(async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'patchgate-keys-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  keys = { path: path.join(parent, 'keys'), uid };
  file = path.join(keys.path, 'health-check.key');
  await makeKeyDirectory(keys);
});

const withDigits = (mode: number): [string, number] => [mode.toString(8), mode];

const refusal = async (directory: KeyDirectory = keys): Promise<string> =>
  await readKeyRing(directory).then(
    (ring) => `read ${ring.size}`,
    (error: unknown) => String(error),
  );

describe('SEC-K3 the key file', () => {
  it('is 32 bytes with mode 0600 in a directory with mode 0700, and nothing is beside it', async () => {
    const key = await createKeyFile(keys);
    const stats = statSync(file);
    expect([stats.size, stats.mode & 0o7777, statSync(keys.path).mode & 0o7777]).toEqual([32, 0o600, 0o700]);
    expect(readFileSync(file)).toEqual(key.bytes);
    expect(readdirSync(keys.path)).toEqual(['health-check.key']);
    expect([...(await readKeyRing(keys))]).toEqual([[key.id, key]]);
  });

  it('is refused when another user owns it', async () => {
    await createKeyFile(keys);
    await expect(readKeyFile(file, uid + 1)).rejects.toThrow(`given ${file} of user ${uid}, expected`);
  });

  it.each([0o644, 0o640, 0o660, 0o604, 0o700, 0o400, 0o4600].map(withDigits))(
    'is refused with mode %s',
    async (_digits, mode) => {
      await createKeyFile(keys);
      chmodSync(file, mode);
      expect(await refusal()).toMatch(
        new RegExp(
          `^ConfigError: PATCHGATE_KEY_DIR: given ${file} with mode 0?${mode.toString(8)}, .*chmod 600 ${file}$`,
        ),
      );
    },
  );

  it.each([0o755, 0o750, 0o701, 0o770, 0o777, 0o1700].map(withDigits))(
    'is refused in a directory with mode %s',
    async (_digits, mode) => {
      await createKeyFile(keys);
      chmodSync(keys.path, mode);
      expect(await refusal()).toMatch(
        new RegExp(`with mode 0?${mode.toString(8)}, .*: chmod 700 ${keys.path}$`),
      );
    },
  );

  it('is refused in a directory that another user owns', async () => {
    await createKeyFile(keys);
    expect(await refusal({ ...keys, uid: uid + 1 })).toMatch(
      new RegExp(`given ${keys.path} of user ${uid}, expected .*: chown ${uid + 1} ${keys.path}$`),
    );
  });

  it.each([0, 16, 31, 33, 64])('is refused with %i bytes', async (size) => {
    writeFileSync(file, Buffer.alloc(size), { mode: 0o600 });
    expect(await refusal()).toContain(`${file} of ${size} bytes, expected an own file of 32 bytes`);
  });

  it('is refused as a symbolic link, even to a good key', async () => {
    await createKeyFile(keys);
    const elsewhere = path.join(path.dirname(keys.path), 'elsewhere');
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
    expect(await refusal()).toContain(`${file}, a symbolic link, expected`);
  });

  it('is refused in a directory that is a symbolic link or a file', async () => {
    await createKeyFile(keys);
    const link = `${keys.path}-link`;
    symlinkSync(keys.path, link);
    expect(await refusal({ path: link, uid })).toContain(`given ${link}, a link or a file, expected`);
    expect(await refusal({ path: file, uid })).toContain(`given ${file}, a link or a file, expected`);
  });

  it('is refused as a directory or a pipe, without hanging on one', async () => {
    mkdirSync(file);
    expect(await refusal()).toContain(`${file}, which is no file`);
    rmSync(file, { recursive: true });
    expect(spawnSync('mkfifo', ['-m', '600', file]).status).toBe(0);
    expect(await refusal()).toContain(`${file}, which is no file`);
  });

  it('is none where there is no directory, and where there is no file', async () => {
    expect(await refusal()).toBe('read 0');
    expect(await refusal({ path: `${keys.path}/none`, uid })).toBe('read 0');
  });

  it('is taken as part of the ring under its own id only', async () => {
    const { id } = await createKeyFile(keys);
    renameSync(file, path.join(keys.path, `health-check.${id}.key`));
    expect([...(await readKeyRing(keys)).keys()]).toEqual([id]);
    renameSync(
      path.join(keys.path, `health-check.${id}.key`),
      path.join(keys.path, 'health-check.0123456789abcdef.key'),
    );
    expect(await refusal()).toContain(`holding the key ${id}, expected the key 0123456789abcdef in it`);
  });

  it('is refused with the reason when its directory cannot be made', async () => {
    await createKeyFile(keys);
    await expect(makeKeyDirectory({ path: path.join(file, 'keys'), uid })).rejects.toThrow(
      /^PATCHGATE_KEY_DIR: given .*keys \(ENOTDIR\), expected a directory that can be made here/,
    );
  });
});

describe('SEC-K4 making the key', () => {
  it('never replaces a key that is there', async () => {
    const first = await createKeyFile(keys);
    expect(await createKeyFile(keys)).toEqual(first);
  });

  it('makes one key in one process that asks many times at once', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => createKeyFile(keys)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(readdirSync(keys.path)).toEqual(['health-check.key']);
  });

  it('forgets what a process left that died half-way', async () => {
    writeFileSync(path.join(keys.path, '.health-check.key.half'), 'half', { mode: 0o600 });
    expect((await readKeyRing(keys)).size).toBe(0);
    const key = await createKeyFile(keys);
    expect([...(await readKeyRing(keys)).keys()]).toEqual([key.id]);
  });
});
