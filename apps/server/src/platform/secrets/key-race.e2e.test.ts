import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const racer = path.resolve(import.meta.dirname, '../../../../../tests/fixtures/key-race.mjs');
const processes = 8;
const directories = 1_000;

/** The next message; a racer that ends instead has failed. */
async function answerOf(racer: ChildProcess): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a racer ended with ${String(code)}`));
    racer.once('exit', ended);
    racer.once('message', (answer) => {
      racer.off('exit', ended);
      resolve(answer);
    });
  });
}

async function startRacers(): Promise<ChildProcess[]> {
  const racers = Array.from({ length: processes }, () => fork(racer));
  onTestFinished(() => racers.forEach((one) => one.removeAllListeners('exit').kill('SIGKILL')));
  await Promise.all(racers.map(answerOf));
  return racers;
}

test(
  `SEC-K4 ${processes} long-lived processes over ${directories} fresh directories give one key each`,
  { timeout: 120_000 },
  async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'patchgate-key-race-'));
    onTestFinished(() => rm(parent, { recursive: true, force: true }));
    const racers = await startRacers();
    const ids = new Set<unknown>();
    for (let index = 0; index < directories; index += 1) {
      const directory = path.join(parent, String(index));
      await mkdir(directory, { mode: 0o700 });
      const answers = racers.map(answerOf);
      for (const one of racers) one.send(directory);
      const made = new Set(await Promise.all(answers));
      expect([...made], directory).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
      for (const id of made) ids.add(id);
      expect(await readdir(directory)).toEqual(['health-check.key']);
    }
    expect(ids.size).toBe(directories);
  },
);
