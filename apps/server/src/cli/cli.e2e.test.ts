import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../../tests/run-program.js';
import { startTestApi } from '../api.fixture.js';
import type { TestApi } from '../api.fixture.js';

const cli = path.resolve(import.meta.dirname, '../../dist/main.cli.js');
const anotherPassword = 'nine lamps over the harbour';

/** Runs a command to its end, as a person or a script on the server would. */
async function patchgate(databaseUrl: string, args: readonly string[], input = '') {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  const program = runProgram([process.execPath, cli, ...args], { env, input });
  return { code: await program.exited, output: program.output() };
}

describe('patchgate on a database', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const run = (args: readonly string[], input?: string) => patchgate(api.database.appUrl, args, input);

  test('admin create makes an administrator who can sign in', async () => {
    const { code, output } = await run(['admin', 'create', '--username', 'Boris'], `${anotherPassword}\n`);
    expect(output).toBe('created the administrator boris\n');
    expect(code).toBe(0);
    const boris = await api.login('boris', anotherPassword);
    expect(await boris.ok('/auth/session')).toMatchObject({ user: { username: 'boris', role: 'admin' } });
  });

  test('admin create names the refused field and makes nobody', async () => {
    const weak = await run(['admin', 'create', '--username', 'carla'], 'too short');
    expect(weak).toEqual({ code: 1, output: 'password: must have at least 15 characters; this has 9\n' });
    const taken = await run(['admin', 'create', '--username', 'anna'], anotherPassword);
    expect(taken).toEqual({ code: 1, output: 'username: there is a user anna already\n' });
    const odd = await run(['admin', 'create', '--username', 'no spaces'], anotherPassword);
    expect(odd).toMatchObject({ code: 1, output: expect.stringMatching(/^username: use letters/) as string });
    expect(await api.admin.ok('/users?q=carla')).toMatchObject({ total: 0 });
  });

  // As in README.md.
  test('admin reset-password ends the sessions, and the trail names the console', async () => {
    const { id, caller: omar } = await api.createUser('omar', 'operator');
    const { code } = await run(['admin', 'reset-password', '--username', 'Omar'], anotherPassword);
    expect(code).toBe(0);
    expect((await omar.call('/auth/session')).status).toBe(401);
    await api.login('omar', anotherPassword);
    const { items } = await api.admin.ok(`/audit-log?object_id=${id}`);
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'user.reset_password', actor_id: null, actor_name: 'console' }),
    );
  });

  test('settings are shown and set, each change in the trail by the console and only a change', async () => {
    expect(await run(['settings', 'get', 'gate.no_checks'])).toEqual({ code: 0, output: 'open\n' });
    expect(await run(['settings', 'set', 'gate.no_checks', 'hold'])).toEqual({ code: 0, output: 'hold\n' });
    expect(await run(['settings', 'set', 'gate.no_checks', 'hold'])).toEqual({ code: 0, output: 'hold\n' });
    expect(await run(['settings', 'get', 'gate.no_checks'])).toEqual({ code: 0, output: 'hold\n' });
    const { items } = await api.admin.ok('/audit-log?action=setting.update');
    expect(items).toMatchObject([
      { actor_name: 'console', details: { key: 'gate.no_checks', before: 'open', after: 'hold' } },
    ]);
  });

  test.each([
    [['get']],
    [['get', 'install_id']],
    [['set', 'gate.no_checks', 'maybe']],
    [['set', 'gate.no_checks']],
    [['get', 'gate.no_checks', 'hold']],
  ])('settings %j is answered with what there is', async (words) => {
    const { code, output } = await run(['settings', ...words]);
    expect(code).toBe(2);
    expect(output).toContain('gate.no_checks: open | hold');
  });

  test('admin reset-password says when there is no such person', async () => {
    const { code, output } = await run(['admin', 'reset-password', '--username', 'nobody'], anotherPassword);
    expect({ code, output }).toEqual({ code: 1, output: 'username: there is no user nobody\n' });
  });

  test.each([
    [['admin']],
    [['admin', 'destroy', '--username', 'anna']],
    [['admin', 'create']],
    [['admin', 'create', '--username', 'dora', '--password', 'on the command line']],
    [['audit']],
    [['secrets']],
    [['secrets', 'doctor', 'now']],
    [['agent']],
    [['agent', 'token']],
    [['agent', 'token', 'create', 'now']],
    [['agent', 'token', 'create', '--for', 'web']],
    [['constellation']],
  ])('%j is answered with the usage', async (args) => {
    const { code, output } = await run(args);
    expect(code).toBe(2);
    expect(output).toContain('usage: patchgate');
  });

  test('SEC-E1 agent token create prints a token for one host, in the name of the console', async () => {
    const group = (await api.admin.post('/groups', { name: 'Prod Web' })) as { id: string };
    const { code, output } = await run(['agent', 'token', 'create', '--group', 'prod web']);
    expect(code).toBe(0);
    const [token = ''] = /^pge_[\w-]{43}\.[\w-]{43}\n/.exec(output) ?? [];
    expect(output).toContain('Good for one host and for 30 minutes.');
    const machine = {
      machine_id: 'ab'.repeat(16),
      fqdn: 'from-console.example.org',
      ip_address: '10.75.0.1',
    };
    await api.stranger.post('/enroll', { ...machine, token: token.trim() });
    expect((await api.admin.ok('/admin/enrollments')).items).toMatchObject([
      { vouched_by: { username: 'console', group: { id: group.id, name: 'Prod Web' } } },
    ]);
    const { items } = await api.admin.ok('/audit-log?action=enrollment_token.create');
    expect(items).toMatchObject([{ actor_id: null, actor_name: 'console' }]);
  });

  test('agent token create says when there is no such group', async () => {
    const { code, output } = await run(['agent', 'token', 'create', '--group', 'nowhere']);
    expect({ code, output }).toEqual({ code: 1, output: 'there is no group nowhere\n' });
  });

  test('SEC-D1 audit verify tells a whole chain from a broken one, by its first bad entry', async () => {
    const whole = await run(['audit', 'verify']);
    expect(whole.output).toMatch(/^the chain is whole, entries: \d+\n$/);
    expect(whole.code).toBe(0);
    const intruder = new Client({ connectionString: api.database.adminUrl });
    await intruder.connect();
    await intruder.query('SET session_replication_role = replica');
    await intruder.query("UPDATE audit_log SET actor_name = 'somebody else' WHERE seq = 2");
    await intruder.end();
    const broken = await run(['audit', 'verify']);
    expect(broken.output).toMatch(/^the chain is broken at entry 2, entries: \d+\n$/);
    expect(broken.code).toBe(1);
  });
});

test('a command beside a database that is not there says so and ends', async () => {
  const { code, output } = await patchgate('postgres://app:secret@127.0.0.1:1/patchgate', [
    'audit',
    'verify',
  ]);
  expect({ code, output }).toEqual({
    code: 1,
    output: 'the database does not answer: is Patchgate running?\n',
  });
});
