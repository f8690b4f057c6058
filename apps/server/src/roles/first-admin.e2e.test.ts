import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../tests/test-database.js';
import { TestCaller } from '../api.fixture.js';
import { startRole } from './role.fixture.js';
import type { RunningRole } from './role.fixture.js';

const password = 'nine lamps over the harbour';

let database: TestDatabase;
let started: RunningRole[];
beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
});
afterEach(() => database.drop());

function startApi(settings: Record<string, string>): RunningRole {
  const api = startRole('api', database.appUrl, settings);
  started.push(api);
  return api;
}

const callerOf = async (api: RunningRole) => new TestCaller(`${await api.origin()}/api/v1`);

test('SEC-L5 without a word about an administrator, a token is printed and there is no account', async () => {
  const api = startApi({});
  const caller = await callerOf(api);
  expect(api.program.output()).toMatch(/^\{"setup_token":"[\w-]{43}"\}$/m);
  expect(await caller.ok('/setup')).toEqual({ needed: true });
});

test('the environment makes the first administrator, once, and no token is printed', async () => {
  const anna = { PATCHGATE_ADMIN_USERNAME: 'Anna', PATCHGATE_ADMIN_PASSWORD: password };
  const together = [startApi(anna), startApi(anna)];
  const [first] = await Promise.all(together.map(callerOf));
  expect(await first!.ok('/setup')).toEqual({ needed: false });
  const signedIn = await first!.post('/auth/login', { username: 'anna', password });
  expect(signedIn).toMatchObject({ user: { username: 'anna', role: 'admin' } });
  const made = together.filter(({ program }) => program.output().includes('first administrator created'));
  expect(made).toHaveLength(1);

  const boris = await callerOf(startApi({ ...anna, PATCHGATE_ADMIN_USERNAME: 'boris' }));
  const refused = await boris.call('/auth/login', { method: 'POST', body: { username: 'boris', password } });
  expect(refused.status).toBe(401);
  for (const { program } of started) {
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
  const { program } = startApi(settings);
  expect(await program.exited).toBe(78);
  expect(program.output()).toMatch(line);
});

test('SEC-L4 a weak password in the environment ends the start with 78 and is not shown', async () => {
  const { program } = startApi({ PATCHGATE_ADMIN_USERNAME: 'anna', PATCHGATE_ADMIN_PASSWORD: 'hunter2' });
  expect(await program.exited).toBe(78);
  expect(program.output()).toMatch(
    /^PATCHGATE_ADMIN_PASSWORD: given a value that is not shown, expected .*15 characters; this has 7$/m,
  );
  expect(program.output()).not.toContain('hunter2');
});
