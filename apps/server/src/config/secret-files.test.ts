import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.schema.js';

const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-secrets-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileWith(name: string, content: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
}

const app = 'postgres://app:hunter2@db.example.org/patchgate';
const owner = 'postgres://owner:hunter3@db.example.org/patchgate';

describe('a secret', () => {
  it('is read from the file that its variable names, without the newline at the end', () => {
    const config = readConfig({
      DATABASE_URL_FILE: fileWith('app', `${app}\n`),
      PATCHGATE_MIGRATION_DATABASE_URL_FILE: fileWith('owner', `${owner}\r\n`),
      PATCHGATE_ADMIN_USERNAME: 'anna',
      PATCHGATE_ADMIN_PASSWORD_FILE: fileWith('password', 'nine lamps over the harbour\n'),
    });
    expect(config).toMatchObject({
      databaseUrl: app,
      migrationDatabaseUrl: owner,
      firstAdmin: { username: 'anna', password: 'nine lamps over the harbour' },
    });
  });

  it('is taken from its variable where the one for a file is empty', () => {
    expect(readConfig({ DATABASE_URL: app, DATABASE_URL_FILE: '' }).databaseUrl).toBe(app);
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'is given twice',
      () => ({ DATABASE_URL: app, DATABASE_URL_FILE: fileWith('twice', app) }),
      /^DATABASE_URL_FILE: given "\/.*twice", expected nothing, because DATABASE_URL is set too$/,
    ],
    [
      'is in a file that does not exist',
      () => ({ DATABASE_URL_FILE: '/nowhere/url' }),
      /^DATABASE_URL_FILE: given "\/nowhere\/url", which cannot be read \(ENOENT\), expected a file with the value of DATABASE_URL alone$/,
    ],
    [
      'is in an empty file',
      () => ({ PATCHGATE_ADMIN_PASSWORD_FILE: fileWith('empty', ' \n') }),
      /^PATCHGATE_ADMIN_PASSWORD_FILE: given "\/.*", which is empty, expected a file with the value of PATCHGATE_ADMIN_PASSWORD alone$/,
    ],
    [
      'is a directory',
      () => ({ DATABASE_URL_FILE: directory }),
      /^DATABASE_URL_FILE: given "\/.*", which is no file, expected a file/,
    ],
    [
      'is far too long',
      () => ({ DATABASE_URL_FILE: fileWith('long', 'x'.repeat(20_000)) }),
      /^DATABASE_URL_FILE: given "\/.*", which has 20000 bytes, expected a file/,
    ],
    [
      'is none, and its file is named in place of its content',
      () => ({ DATABASE_URL_FILE: fileWith('bad', 'hunter2') }),
      /^DATABASE_URL_FILE: given a value that is not shown, expected a URL such as postgres:/,
    ],
    [
      'is that of the owner for the app',
      () => ({ DATABASE_URL_FILE: fileWith('o', owner), PATCHGATE_MIGRATION_DATABASE_URL: owner }),
      /^DATABASE_URL: given the role "owner", expected another role/,
    ],
  ])('that %s ends the start with one line', (_name, environment, line) => {
    expect(() => readConfig(environment())).toThrow(line);
  });
});
