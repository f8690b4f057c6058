import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDocument, repository } from './document.js';

const folders = ['apps', 'packages', 'migrations', 'scripts', 'tests', 'e2e'];
const isTest = /^(?!.*(?:node_modules|dist)\/).*\.(?:test|spec)\.tsx?$/;

const files = folders
  .flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    ),
  )
  .filter((file) => isTest.test(file));

/** The ids in the names of the tests of a file: in its texts, not in its comments. */
function carried(file: string): string[] {
  const lines = readFileSync(path.join(repository, file), 'utf8').split('\n');
  return lines
    .filter((line) => /^\s*(?!\/\/|\/?\*).*['"`].*SEC-/.test(line))
    .flatMap((line) => line.match(/SEC-[A-Z]\d/g) ?? []);
}

interface Row {
  id: string;
  linked: string[];
}

const rows: Row[] = [
  ...readDocument('docs/security-model.md').text.matchAll(/^\| (SEC-[A-Z]\d) +\|(.*)\|$/gm),
].map(([, id = '', rest = '']) => ({
  id,
  linked: [...rest.matchAll(/\]\(\.\.\/([^)]+\.(?:test|spec)\.ts)\)/g)].map(([, file = '']) => file),
}));
const inTests = new Map(files.map((file) => [file, carried(file)]));

test('every promise of the security model is carried by the name of a test, and every such name is a promise', () => {
  expect(rows.length).toBeGreaterThan(25);
  expect([...new Set([...inTests.values()].flat())].sort()).toEqual(rows.map(({ id }) => id).sort());
});

test.each(rows.map((row) => [row.id, row] as const))(
  '%s is tested where the security model says',
  (id, { linked }) => {
    expect(linked.length).toBeGreaterThan(0);
    for (const file of linked) expect(inTests.get(file), file).toContain(id);
  },
);
