import { createHash } from 'node:crypto';

const DIGEST_LENGTH = 16;

/** One line of the journal: a digest of the text, the text. */
export const writeLine = (text: string): string => `${digestOf(text)} ${text}\n`;

/** @returns null for a line that is not what was written */
export function readLine(line: string): string | null {
  const text = line.slice(DIGEST_LENGTH + 1);
  return line.startsWith(`${digestOf(text)} `) ? text : null;
}

/** Against torn writes and bad disks, not against people; whoever may write here is root. */
const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
