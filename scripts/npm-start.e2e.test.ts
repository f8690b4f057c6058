import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { parentOf, processesAbout } from '../tests/run-program.js';
import { repository, startFixture, temporaryDirectory } from '../tests/start-fixture.js';

/**
 * npm, its shell, bootstrap.mjs and the supervisor as for `npm start` (README.md, docs/getting-started.md,
 * docs/operations/upgrade.md), with fixture children below.
 */
function npmStart() {
  const directory = temporaryDirectory();
  const bootstrap = path.join(repository, 'scripts/bootstrap.mjs');
  const scripts = { start: `node ${bootstrap} ../tests/fixtures/supervisor` };
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name: 'chain', scripts }));
  const start = () =>
    startFixture(path.join(directory, 'data'), {
      command: ['npm', 'start'],
      environment: process.env,
    });
  return { directory, start };
}

/** Every process from the supervisor up to npm, by the names a person would use for them. */
function chain(npm: number, supervisor: number): Record<string, number> {
  const bootstrap = parentOf(supervisor);
  const shell = parentOf(bootstrap);
  // Some shells replace themselves by the only command they are given; then there is one victim less.
  return shell === npm ? { npm, bootstrap, supervisor } : { npm, shell, bootstrap, supervisor };
}

test.each(['npm', 'shell', 'bootstrap', 'supervisor'])(
  'after kill -9 of the %s nothing is left, and the next start recovers',
  async (name) => {
    const { directory, start } = npmStart();
    const first = start();
    await first.saying(/ready \d+/);
    const [, supervisor] = await first.saying(/supervisor (\d+)/);
    const victims = chain(first.pid, Number(supervisor));
    process.kill(victims[name] ?? victims.bootstrap!, 'SIGKILL');
    await vi.waitFor(() => expect(processesAbout(directory)).toEqual([]), { timeout: 20_000, interval: 50 });
    const second = start();
    await second.saying(/ready \d+/);
    second.kill('SIGTERM');
    await second.exited;
    await vi.waitFor(() => expect(processesAbout(directory)).toEqual([]), { timeout: 20_000, interval: 50 });
  },
);

test('a Ctrl-C, which every process of the terminal gets at once, stops all in order', async () => {
  const { directory, start } = npmStart();
  const started = start();
  await started.saying(/ready \d+/);
  const [, supervisor] = await started.saying(/supervisor (\d+)/);
  for (const pid of Object.values(chain(started.pid, Number(supervisor)))) process.kill(pid, 'SIGINT');
  await started.exited;
  await vi.waitFor(() => expect(processesAbout(directory)).toEqual([]), { timeout: 20_000, interval: 50 });
  expect(started.output()).not.toMatch(/starting it again|Error/);
});
