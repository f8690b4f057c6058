import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../../../tests/run-program.js';
import { startTestApi } from '../api.fixture.js';
import type { TestApi } from '../api.fixture.js';
import type { Config } from '../config/config.schema.js';
import { CONFIG } from '../config/config.token.js';
import { add, addHost, list, web } from '../features/health-checks/checks.fixture.js';

const cli = path.resolve(import.meta.dirname, '../../dist/main.cli.js');

let api: TestApi;
let keyDir: string;
beforeEach(async () => {
  api = await startTestApi();
  keyDir = api.app.get<Config>(CONFIG).keyDir;
});
afterEach(() => api.close());

async function secrets(...args: string[]) {
  const env = { PATH: process.env.PATH, DATABASE_URL: api.database.appUrl, PATCHGATE_KEY_DIR: keyDir };
  const program = runProgram([process.execPath, cli, 'secrets', ...args], { env, input: '' });
  return { code: await program.exited, output: program.output() };
}

const withPassword = { ...web, basic_auth_user: 'monitor', basic_auth_pass: 'a password' };

test('SEC-K6 secrets rotate says which key seals now, beside an api that goes on sealing and opening', async () => {
  const hostId = await addHost(api);
  await add(api.admin, hostId, withPassword);
  const { code, output } = await secrets('rotate');
  expect(output).toMatch(/^2 secrets are sealed with the key [0-9a-f]{16} now: \/.*\.key\nback it up/);
  expect(code).toBe(0);
  expect(await readdir(keyDir)).toHaveLength(2);
  await add(api.admin, hostId, withPassword);
  const copied = await api.admin.post(`/hosts/${hostId}/health-checks/copy`, {
    host_ids: [await addHost(api)],
  });
  expect(copied).toEqual({ hosts: 1, checks: 2 });
  const doctor = await secrets('doctor');
  expect(doctor.output).toContain('host_health_checks.basic_auth_pass_encrypted: 4 sealed, 0 with a key');
  expect(doctor.code).toBe(0);
});

test('SEC-K6 secrets rotate --prepare makes the key that the rotation takes', async () => {
  const prepared = await secrets('rotate', '--prepare');
  expect(prepared.code).toBe(0);
  expect((await secrets('rotate', '--prepare')).output).toBe(prepared.output);
  const [, id] = /health-check\.([0-9a-f]{16})\.key/.exec(prepared.output) ?? [];
  expect((await secrets('rotate')).output).toContain(`sealed with the key ${String(id)} now`);
});

// As in docs/operations/https-and-keys.md.
test('SEC-K6 secrets reset gives nothing up unless told to, and then says what', async () => {
  const hostId = await addHost(api);
  const { id } = await add(api.admin, hostId, withPassword);
  await rm(keyDir, { recursive: true });
  const asked = await secrets('reset');
  expect(asked.output).toContain('1 sealed, 1 with a key that is not there');
  expect(asked.code).toBe(1);
  expect((await list(api.admin, hostId))[0]?.has_basic_auth_pass).toBe(true);
  const done = await secrets('reset', '--yes');
  expect(done.output).toContain(`(the password of the check: set it again)\n  ${id}\n`);
  expect(done.output).toContain('the key of the certificate authority');
  expect(done.code).toBe(0);
  expect((await list(api.admin, hostId))[0]).toMatchObject({
    has_basic_auth_pass: false,
    basic_auth_user: 'monitor',
  });
  expect((await secrets('doctor')).code).toBe(0);
});
