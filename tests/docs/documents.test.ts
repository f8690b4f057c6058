import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guides, isCommands, markdownBelow, readDocument, repository } from './document.js';
import type { Document } from './document.js';

const documents = guides();
const commands = documents.flatMap((document) =>
  document.blocks
    .filter(isCommands)
    .map((block) => [`${document.file}:${block.line}`, document, block] as const),
);
const marked = commands.filter(([, , { mark }]) => mark !== null);

const programs: Record<string, RegExp> = { Docker: /^(\w+=\S+ )*docker( |$)/, Kubernetes: /^kubectl( |$)/ };

test('there are documents, and commands in them', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(commands.length).toBeGreaterThan(marked.length);
});

describe('the commands of the documents', () => {
  test.each(documents.map((document) => [document.file, document] as const))(
    'are blocks of sh in %s, which are run',
    (_file, { blocks }) => {
      const known = ['sh', 'output', 'json', 'yaml', 'ini', 'sql', 'nginx', 'haproxy', 'text', ''];
      expect(blocks.map(({ language }) => language).filter((language) => !known.includes(language))).toEqual(
        [],
      );
    },
  );

  test.each(marked)('at %s are left out for a reason that is known', (_at, { file }, { mark, text }) => {
    const [, needed] = /^not run: needs (\w+)$/.exec(mark ?? '') ?? [];
    const [, runner] = /^run by (\S+)$/.exec(mark ?? '') ?? [];
    if (needed !== undefined) {
      const joined = text.replace(/\\\n\s*/g, ' ').split('\n');
      for (const line of joined.filter((one) => !/^\s*(#|$)/.test(one)))
        expect(line).toMatch(programs[needed] ?? /^$/);
    } else if (runner !== undefined) {
      expect(existsSync(path.join(repository, runner)), runner).toBe(true);
      expect(readFileSync(path.join(repository, runner), 'utf8')).toContain(file);
    } else {
      expect(mark).toBe('not run: installs on this machine');
    }
  });
});

/** The anchor of a heading, as the pages of a repository make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = ({ text }: Document): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

const linksOf = ({ text }: Document): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

describe('links', () => {
  const all = [...documents, ...['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'].map(readDocument)];

  test.each(all.map((document) => [document.file, document] as const))(
    'of %s lead somewhere',
    (file, document) => {
      const dead = linksOf(document).filter((link) => {
        const [target = '', anchor] = link.split('#');
        const linked = target === '' ? file : path.join(path.dirname(file), target);
        if (!existsSync(path.join(repository, linked))) return true;
        return anchor !== undefined && !anchorsOf(readDocument(linked)).includes(anchor);
      });
      expect(dead).toEqual([]);
    },
  );

  test('of the index lead to every document', () => {
    const index = readDocument('docs/README.md');
    const linked = linksOf(index).map((link) => path.join('docs', link.split('#')[0] ?? ''));
    const inFolder = (file: string) => linked.some((link) => file.startsWith(`${link.replace(/\/$/, '')}/`));
    const missing = markdownBelow('docs').filter((file) => !linked.includes(file) && !inFolder(file));
    expect(missing).toEqual(['docs/README.md']);
  });
});
