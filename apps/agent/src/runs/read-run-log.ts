import { z } from 'zod';

import { readIfThere } from '../platform/read-if-there.js';

const logLine = z.object({ seq: z.int(), at: z.string(), line: z.string() });
export type LogLine = z.infer<typeof logLine>;

const MOST_LINES = 1_000;

/** The lines above `after`, at most a thousand, and how many there are at all. */
export async function readRunLog(file: string, after: number): Promise<{ lines: LogLine[]; total: number }> {
  const text = (await readIfThere(file)) ?? '';
  // The piece behind the last line end is being written just now.
  const complete = text.split('\n').slice(0, -1);
  const lines = complete.slice(after, after + MOST_LINES).map((line) => logLine.parse(JSON.parse(line)));
  return { lines, total: complete.length };
}
