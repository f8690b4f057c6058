import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Block {
  /** Of its fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** What stands in a comment on the line before. */
  readonly mark: string | null;
}

export interface Document {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function readDocument(file: string): Document {
  const text = readFileSync(path.join(repository, file), 'utf8');
  return { file, text, blocks: blocksOf(text) };
}

/** Those that people follow: the README and everything below `docs`. */
export const guides = (): Document[] =>
  ['README.md', ...markdownBelow('docs')]
    .filter((file) => existsSync(path.join(repository, file)))
    .map(readDocument);

export const markdownBelow = (directory: string): string[] =>
  readdirSync(path.join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(directory, name))
    .sort();

/** Blocks of commands; the others are shown and never typed. */
export const isCommands = ({ language }: Block): boolean => language === 'sh';

function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = '', language] = /^(\s*)```(\w*)/.exec(lines[at] ?? '') ?? [];
    if (language === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line === `${indent}\`\`\``);
    if (end === -1) throw new Error(`the block in line ${at + 1} has no end`);
    const body = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    const before = lines.slice(0, at).findLast((line) => line.trim() !== '') ?? '';
    const [, mark = null] = /^\s*<!-- (.*) -->$/.exec(before) ?? [];
    blocks.push({ line: at + 1, language, text: body.join('\n'), mark });
    at = end;
  }
  return blocks;
}
