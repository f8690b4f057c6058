import { expect, test } from 'vitest';
import path from 'node:path';
import { runProgram } from './run-program.js';

const script = path.resolve(import.meta.dirname, '../scripts/bench.mjs');
/** As small as can be: it is seen that they work, not how fast anything is. */
const small = {
  PATCHGATE_BENCH_SECONDS: '1',
  PATCHGATE_BENCH_ROUNDS: '1',
  PATCHGATE_BENCH_HOSTS: '400',
  PATCHGATE_BENCH_ROWS: '4000',
};

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly isGood?: boolean;
}

// The two that need seconds; what the others stand on is in them. Side by side, because most of it is waiting.
test.concurrent.each([
  [
    'results',
    ['results written', 'the whole transaction: state, roll-up, status', 'the same rows by DELETE'],
  ],
  ['idle', ['CPU of worker and postgres']],
])('the benchmark %s runs to its end and prints its figures', async (name, expected) => {
  const bench = runProgram([process.execPath, script, name], { env: { ...process.env, ...small } });
  const code = await bench.exited;
  const figures = bench
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Figure);
  expect(figures.map((figure) => figure.name)).toEqual(expect.arrayContaining(expected));
  for (const figure of figures) expect(figure).toMatchObject({ median: expect.any(Number) as number });
  // Missed budgets are the exit code, and a machine that runs other tests may miss them.
  expect(code).toBe(figures.some(({ isGood }) => isGood === false) ? 1 : 0);
});
