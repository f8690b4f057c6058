import type { LogLineView } from '@patchgate/contracts';

/** The lines that have a text in them, whatever its case; all of them for no text. */
export function linesWith(lines: readonly LogLineView[], sought: string): readonly LogLineView[] {
  const text = sought.trim().toLowerCase();
  return text === '' ? lines : lines.filter(({ line }) => line.toLowerCase().includes(text));
}

/** The log as a file: a line each, with the instant in UTC and whose words they are. */
export const logText = (lines: readonly LogLineView[]): string =>
  lines.map(({ at, source, line }) => `${at} ${source} ${line}\n`).join('');

/** A line cut where the sought text begins and ends; every second part is a find. */
export function partsOf(line: string, sought: string): string[] {
  const text = sought.trim().toLowerCase();
  if (text === '') return [line];
  const parts: string[] = [];
  let from = 0;
  for (let at = line.toLowerCase().indexOf(text); at !== -1; at = line.toLowerCase().indexOf(text, from)) {
    parts.push(line.slice(from, at), line.slice(at, at + text.length));
    from = at + text.length;
  }
  return [...parts, line.slice(from)];
}
