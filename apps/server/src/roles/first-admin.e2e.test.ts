import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../../../tests/run-program.js';
import type { RunningProgram } from '../../../../tests/run-program.js';
import { createTestDatabase } from '../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../tests/test-database.js';
import { TestCaller } from '../api.fixture.js';

const api = path.resolve(import.meta.dirname, '../../dist/main.api.js');
const password = 'nine lamps over the harbour';

let database: TestDatabase;
let programs: RunningProgram[];
beforeEach(async () => {
  database = await createTestDatabase();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) program.kill('SIGTERM');
  await Promise.all(programs.map(({ exited }) => exited));
  await database.drop();
});

function startApi(settings: Record<string, string>): RunningProgram {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.appUrl,
    PATCHGATE_PORT: '0',
    PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
    PATCHGATE_MANAGEMENT_PORT: '0',
    ...settings,
  };
  const program = runProgram([process.execPath, api], { env });
  programs.push(program);
  return program;
}

/** A caller of a started api, by the port its log names. */
async function callerOf(program: RunningProgram): Promise<TestCaller> {
  const [, port] = await program.saying(/"port":(\d+)[^\n]*"api ready"/);
  return new TestCaller(`http://127.0.0.1:${port}/api/v1`);
}

test('SEC-L5 without a word about an administrator, a token is printed and there is no account', async () => {
  const program = startApi({});
  const caller = await callerOf(program);
  expect(program.output()).toMatch(/^\{"setup_token":"[\w-]{43}"\}$/m);
  expect(await caller.ok('/setup')).toEqual({ needed: true });
});

test('the environment makes the first administrator, once, and no token is printed', async () => {
  const anna = { PATCHGATE_ADMIN_USERNAME: 'Anna', PATCHGATE_ADMIN_PASSWORD: password };
  const together = [startApi(anna), startApi(anna)];
  const [first] = await Promise.all(together.map(callerOf));
  expect(await first!.ok('/setup')).toEqual({ needed: false });
  const signedIn = await first!.post('/auth/login', { username: 'anna', password });
  expect(signedIn).toMatchObject({ user: { username: 'anna', role: 'admin' } });
  const made = together.filter((program) => program.output().includes('first administrator created'));
  expect(made).toHaveLength(1);

  const boris = await callerOf(startApi({ ...anna, PATCHGATE_ADMIN_USERNAME: 'boris' }));
  const refused = await boris.call('/auth/login', { method: 'POST', body: { username: 'boris', password } });
  expect(refused.status).toBe(401);
  for (const program of programs) {
    expect(program.output()).not.toContain('setup_token');
    expect(program.output()).not.toContain(password);
  }
});

test.each([
  [{ PATCHGATE_ADMIN_USERNAME: 'anna' }, /^PATCHGATE_ADMIN_PASSWORD: given nothing, expected [^\n]+\n$/],
  [{ PATCHGATE_ADMIN_PASSWORD: password }, /^PATCHGATE_ADMIN_USERNAME: given nothing, expected [^\n]+\n$/],
  [
    { PATCHGATE_ADMIN_USERNAME: 'not a name', PATCHGATE_ADMIN_PASSWORD: password },
    /^PATCHGATE_ADMIN_USERNAME: given "not a name", expected a user name of letters[^\n]+\n$/,
  ],
])('an administrator the environment names badly ends the start with 78: %j', async (settings, line) => {
  const program = startApi(settings);
  expect(await program.exited).toBe(78);
  expect(program.output()).toMatch(line);
});

test('SEC-L4 a weak password in the environment ends the start with 78 and is not shown', async () => {
  const program = startApi({ PATCHGATE_ADMIN_USERNAME: 'anna', PATCHGATE_ADMIN_PASSWORD: 'hunter2' });
  expect(await program.exited).toBe(78);
  expect(program.output()).toMatch(
    /^PATCHGATE_ADMIN_PASSWORD: given a value that is not shown, expected .*15 characters; this has 7$/m,
  );
  expect(program.output()).not.toContain('hunter2');
});
