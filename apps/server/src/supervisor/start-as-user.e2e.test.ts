import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processesAbout } from '../../../../tests/run-program.js';
import {
  repository,
  startFixture,
  supervisorFixture,
  temporaryDirectory,
} from '../../../../tests/start-fixture.js';
import { canReach, chooseServerUser } from './system-user.js';

const isRoot = process.getuid?.() === 0;
const nobody = chooseServerUser(process.getuid?.() ?? -1, '/nowhere');

/** As nobody when we are root. A clone in a place like /root is out of nobody's reach, so there it may pass. */
function asPlainUser(command: readonly string[]): readonly string[] {
  if (nobody.switchTo === undefined) return command;
  const pass = canReach(nobody, repository)
    ? []
    : ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const { uid, gid } = nobody.switchTo;
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...pass, '--', ...command];
}

test('a plain user runs all of it as that user, and secrets are for that user alone', async () => {
  const directory = temporaryDirectory(nobody.switchTo?.uid);
  const data = path.join(directory, 'data');
  const started = startFixture(data, { command: asPlainUser(supervisorFixture) });
  await started.saying(/ready \d+/);
  const uid = nobody.switchTo?.uid ?? process.getuid?.();
  for (const pid of processesAbout(data)) expect(statSync(`/proc/${pid}`).uid).toBe(uid);
  for (const secret of ['postgres/credentials.json', 'logs/patchgate.log', 'lock']) {
    expect(statSync(path.join(data, secret)).mode & 0o077).toBe(0);
  }
  expect(statSync(data).mode & 0o077).toBe(0);
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});

test('PostgreSQL never runs as root, and no password is on a command line', async () => {
  const data = path.join(temporaryDirectory(), 'data');
  const started = startFixture(data);
  await started.saying(/ready \d+/);
  const passwords = Object.values(
    JSON.parse(readFileSync(path.join(data, 'postgres/credentials.json'), 'utf8')) as Record<string, string>,
  );
  const servers = processesAbout(path.join(data, 'postgres'));
  expect(servers.length).toBeGreaterThan(1);
  for (const pid of servers) {
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    for (const password of passwords) expect(commandLine).not.toContain(password);
  }
  const log = readFileSync(path.join(data, 'logs/patchgate.log'), 'utf8');
  for (const password of passwords) expect(log + started.output()).not.toContain(password);
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});

test('a data directory that the user of PostgreSQL cannot reach still works, from another place', async () => {
  const closed = path.join(temporaryDirectory(), 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const data = path.join(closed, 'data');
  const started = startFixture(data);
  await started.saying(/ready \d+/);
  // Only root has to lend PostgreSQL another user; a plain user reaches what is his.
  const home = isRoot
    ? readFileSync(path.join(data, 'postgres-is-at'), 'utf8').trim()
    : path.join(data, 'postgres');
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  expect(home).toMatch(isRoot ? /^\/var\/lib\/patchgate\// : /\/closed\/data\/postgres$/);
  expect(statSync(path.join(home, 'cluster')).isDirectory()).toBe(true);
  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
  const again = startFixture(data);
  await again.saying(/ready \d+/);
  again.kill('SIGTERM');
  expect(await again.exited).toBe(0);
});

test('a data directory of another user is refused in one line that says whose it is', async () => {
  const directory = temporaryDirectory(nobody.switchTo?.uid);
  const data = path.join(directory, 'data');
  mkdirSync(data);
  if (isRoot) chownSync(data, 1, 1);
  // A plain user cannot give a directory away, but finds root's everywhere.
  const foreign = isRoot ? data : '/etc';
  chmodSync(data, 0o755);
  const started = startFixture(foreign, { command: asPlainUser(supervisorFixture) });
  expect(await started.exited).toBe(1);
  expect(started.output()).toContain(`${foreign} belongs to user ${isRoot ? 1 : 0}`);
});
