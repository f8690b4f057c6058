import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDeployed, repository } from './deploy-files.js';

const below = readdirSync(path.join(repository, 'deploy'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name)));
// Made by a person who deploys from here, and kept out of the repository.
const files = [...below, 'docker-compose.yml', 'Dockerfile', '.dockerignore'].filter(
  (file) => !file.startsWith('deploy/compose/secrets/'),
);

/** What a secret looks like where somebody wrote one down. */
const secrets = [
  /-----BEGIN/,
  /postgres(?:ql)?:\/\/[^\s:/]+:(?!\$\()[^\s@]+@/,
  /(?:password|passwd|token|secret)['"]?\s*[:=]\s*['"]?(?!\/run\/|\$|%)[A-Za-z0-9+/_-]{8,}/i,
  /\b[A-Za-z0-9+/]{43}=/,
  /\b[0-9a-f]{32,}\b/,
];

test('SEC-O1 no file that deploys holds a secret', () => {
  expect(files).toContain('docker-compose.yml');
  expect(files.length).toBeGreaterThan(15);
  const found = files.flatMap((file) =>
    readDeployed(file)
      .split('\n')
      .filter((line) => secrets.some((pattern) => pattern.test(line)))
      .map((line) => `${file}: ${line}`),
  );
  // PostgreSQL's own superuser, of whom only the name of the file is told, and the pattern that reads a URL.
  const known = [
    /POSTGRES_PASSWORD_FILE: \/run\/secrets\/postgres_password$/,
    /form constant text :=/,
    /^deploy\/agent\/install\.sh: /,
  ];
  expect(found.filter((line) => !known.some((pattern) => pattern.test(line)))).toEqual([]);
});

test('SEC-O1 the secrets of compose are kept out of the repository', () => {
  expect(readDeployed('.gitignore').split('\n')).toContain('deploy/compose/secrets/');
});

test.each([
  'DATABASE_URL: postgres://app:hunter2@postgres/patchgate',
  'POSTGRES_PASSWORD=correcthorse',
  'key: 3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  '-----BEGIN PRIVATE KEY-----',
])('would see %s', (line) => {
  expect(secrets.some((pattern) => pattern.test(line))).toBe(true);
});
