import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { HealthCheckView } from '@patchgate/contracts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTargets } from '../../../../../packages/probes/src/targets.fixture.js';
import type { Targets } from '../../../../../packages/probes/src/targets.fixture.js';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { rotateSecrets } from '../../platform/secrets/rotate-secrets.js';
import { sealedColumns } from '../../sealed-columns.js';
import { add, addHost, list, put } from './checks.fixture.js';

const user = 'monitor';
const password = 'Pässwort "Kanarie" 7!%';
const pair = Buffer.from(`${user}:${password}`).toString('base64');

let api: TestApi;
let targets: Targets;
let admin: Client;
let keyDirectory: string;
const logged: string[] = [];
const answered: string[] = [];

beforeAll(async () => {
  targets = await startTargets();
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString('utf8'));
      done();
    },
  });
  keyDirectory = await mkdtemp(path.join(tmpdir(), 'patchgate-keys-'));
  const settings = {
    PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.1',
    PATCHGATE_LOG_LEVEL: 'trace',
    PATCHGATE_KEY_DIR: keyDirectory,
  };
  api = await startTestApi(settings, log);
  admin = new Client(api.database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  targets.stop();
  await api.close();
  await rm(keyDirectory, { recursive: true });
});

const origin = (host = '127.0.0.1') => `http://${host}:${targets.port('good')}`;
/** Answers as a healthy one to the right header alone, which is named by its digest. */
const protectedPath = `/ok?authorization-sha256=${createHash('sha256').update(`Basic ${pair}`).digest('hex')}`;
const protectedBy = (at = origin(), path = protectedPath) => ({
  name: 'behind a password',
  check_type: 'http',
  url: `${at}${path}`,
  expected_body: 'ready',
  basic_auth_user: user,
});
const withPassword = () => ({ ...protectedBy(), basic_auth_pass: password });
const run = async ({ host_id, id }: HealthCheckView) => {
  const result = await api.admin.ok(`/hosts/${host_id}/health-checks/${id}/test`, { method: 'POST' });
  answered.push(JSON.stringify(result));
  return result;
};
const runUnsaved = async (hostId: string, body: object) => {
  const result = await api.admin.post(`/hosts/${hostId}/health-checks/test`, body);
  answered.push(JSON.stringify(result));
  return result;
};
const withoutAny = { healthy: false, reason: 'status', detail: 'HTTP 401' };

describe('H11 the password of a check', () => {
  it('is sent to its target and shown to nobody', async () => {
    const check = await add(api.admin, await addHost(api), withPassword());
    expect(check).toMatchObject({ has_basic_auth_pass: true, basic_auth_user: user });
    expect(Object.keys(check)).not.toContain('basic_auth_pass');
    expect(await run(check)).toMatchObject({ healthy: true });
  });

  it('is kept when it is left out, also with another path of the same origin', async () => {
    const check = await add(api.admin, await addHost(api), withPassword());
    const other = protectedBy(origin(), `${protectedPath}&again=1`);
    expect(await put(api.admin, check, other)).toMatchObject({ has_basic_auth_pass: true });
    expect(await run(check)).toMatchObject({ healthy: true });
  });

  it.each([
    ['host', () => origin('localhost')],
    ['port', () => `http://127.0.0.1:${targets.port('silent')}`],
    ['scheme', () => origin().replace('http:', 'https:')],
  ])('is cleared with another %s, and does not come back with the old one', async (_what, other) => {
    const check = await add(api.admin, await addHost(api), withPassword());
    const moved = await put(api.admin, check, protectedBy(other()));
    expect(moved).toMatchObject({ has_basic_auth_pass: false, basic_auth_user: user });
    expect(await put(api.admin, check, protectedBy())).toMatchObject({ has_basic_auth_pass: false });
    expect(await run(check)).toMatchObject(withoutAny);
  });

  it('is cleared by null, and with the user', async () => {
    const check = await add(api.admin, await addHost(api), withPassword());
    expect(await put(api.admin, check, { ...withPassword(), basic_auth_pass: null })).toMatchObject({
      has_basic_auth_pass: false,
    });
    await put(api.admin, check, withPassword());
    const { basic_auth_user: _user, ...anonymous } = protectedBy(origin(), '/ok');
    expect(await put(api.admin, check, anonymous)).toMatchObject({
      has_basic_auth_pass: false,
      basic_auth_user: null,
    });
    expect(await run(check)).toMatchObject({ healthy: true });
  });

  it('of a saved check is used by a test before saving, for its own origin only', async () => {
    const hostId = await addHost(api);
    const { id: check_id } = await add(api.admin, hostId, withPassword());
    expect(await runUnsaved(hostId, { ...protectedBy(), check_id })).toMatchObject({ healthy: true });
    expect(await runUnsaved(hostId, protectedBy())).toMatchObject(withoutAny);
    const elsewhere = protectedBy(origin('localhost'));
    expect(await runUnsaved(hostId, { ...elsewhere, check_id })).toMatchObject(withoutAny);
    const cleared = { ...protectedBy(), check_id, basic_auth_pass: null };
    expect(await runUnsaved(hostId, cleared)).toMatchObject(withoutAny);
    const path = `/hosts/${await addHost(api)}/health-checks/test`;
    const stranger = await api.admin.call(path, { method: 'POST', body: { ...protectedBy(), check_id } });
    expect(stranger.status).toBe(404);
  });

  it('goes with a copy, sealed for its new row', async () => {
    const from = await addHost(api);
    const to = await addHost(api);
    const check = await add(api.admin, from, withPassword());
    const copied = await api.admin.post(`/hosts/${from}/health-checks/copy`, { host_ids: [to] });
    expect(copied).toEqual({ hosts: 1, checks: 1 });
    const [copy] = await list(api.admin, to);
    expect(await run(copy!)).toMatchObject({ healthy: true });
    await admin.query(
      `UPDATE host_health_checks c SET (basic_auth_pass_encrypted, basic_auth_pass_nonce) =
        (SELECT basic_auth_pass_encrypted, basic_auth_pass_nonce FROM host_health_checks o WHERE o.id = $1)
       WHERE c.id = $2`,
      [check.id, copy!.id],
    );
    const path = `/hosts/${to}/health-checks/${copy!.id}/test`;
    expect((await api.admin.call(path, { method: 'POST' })).status).toBe(409);
  });

  it('that does not open is named with its repair wherever it is needed, and nothing is done without it', async () => {
    const [from, to] = [await addHost(api), await addHost(api)];
    const check = await add(api.admin, from, withPassword());
    await add(api.admin, from, { ...protectedBy(origin(), '/ok'), name: 'another' });
    await run(check);
    await admin.query("UPDATE host_health_checks SET secret_key_id = 'lost' WHERE id = $1", [check.id]);
    const before = await list(api.admin, from);
    const checks = `/hosts/${from}/health-checks`;
    const refusals = [
      await api.admin.call(`${checks}/${check.id}/test`, { method: 'POST' }),
      await api.admin.call(`${checks}/test`, {
        method: 'POST',
        body: { ...protectedBy(), check_id: check.id },
      }),
      await api.admin.call(`${checks}/copy`, { method: 'POST', body: { host_ids: [to] } }),
    ];
    for (const { status, body } of refusals) {
      expect([status, body]).toMatchObject([
        409,
        {
          code: 'secret_unreadable',
          message: expect.stringMatching(/behind a password .* enter it again/) as string,
          issues: [{ path: 'basic_auth_pass' }],
        },
      ]);
    }
    expect([await list(api.admin, from), await list(api.admin, to)]).toEqual([before, []]);
    expect(await runUnsaved(from, { ...withPassword(), check_id: check.id })).toMatchObject({
      healthy: true,
    });
    await put(api.admin, check, withPassword());
    expect(await run(check)).toMatchObject({ healthy: true });
  });
});

describe('SEC-K6 a password that is stored after a rotation this process knows nothing of', () => {
  const rotate = async () => {
    const dataSource = createDataSource(api.database.appUrl, { applicationName: 'another' });
    await dataSource.initialize();
    const keys = { path: keyDirectory, uid: process.geteuid!() };
    try {
      await rotateSecrets({ dataSource, clock: new SystemClock(), keys, columns: sealedColumns });
    } finally {
      await dataSource.destroy();
    }
  };
  const named = (name: string) => ({ ...withPassword(), name });
  const keysOf = async (name: string) => {
    const { rows } = await admin.query<{ state: string }>(
      'SELECT k.state FROM host_health_checks c JOIN secret_keys k ON k.id = c.secret_key_id WHERE c.name = $1',
      [name],
    );
    return rows.map(({ state }) => state);
  };

  it.each<[string, number, (check: HealthCheckView) => Promise<unknown>]>([
    ['a new check', 2, ({ host_id, name }) => add(api.admin, host_id, named(name))],
    ['a change', 1, (check) => put(api.admin, check, named(check.name))],
    [
      'a copy',
      2,
      async ({ host_id }) =>
        api.admin.post(`/hosts/${host_id}/health-checks/copy`, { host_ids: [await addHost(api)] }),
    ],
  ])('is sealed with the new key by %s', async (name, stored, store) => {
    const check = await add(api.admin, await addHost(api), named(name));
    await rotate();
    await store(check);
    expect(await keysOf(name)).toEqual(Array.from({ length: stored }, () => 'active'));
    expect(await run(check)).toMatchObject({ healthy: true });
  });
});

describe('SEC-R1 the password', () => {
  it('is in no answer, no log line and no table, in none of six encodings', async () => {
    const { rows: tables } = await admin.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await admin.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      dump.push(...rows.map(({ row }) => row));
    }
    for (const { id } of (await api.admin.ok('/hosts?limit=200')).items as { id: string }[]) {
      answered.push(JSON.stringify(await list(api.admin, id)));
    }
    answered.push(JSON.stringify(await api.admin.ok('/audit-log?limit=200')));
    // What is searched is full: an empty haystack hides nothing.
    expect([dump.length > 50, logged.length > 0, answered.length > 10]).toEqual([true, true, true]);
    expect(dump.join('\n')).toContain('behind a password');
    const haystacks = { dump: dump.join('\n'), logs: logged.join('\n'), answers: answered.join('\n') };
    const bytes = Buffer.from(password);
    const encodings = {
      plain: password,
      json: JSON.stringify(password).slice(1, -1),
      base64: bytes.toString('base64').replace(/=+$/, ''),
      hex: bytes.toString('hex'),
      url: encodeURIComponent(password),
      header: pair,
    };
    const found = Object.entries(haystacks).flatMap(([where, text]) =>
      Object.entries(encodings)
        .filter(([, needle]) => text.toLowerCase().includes(needle.toLowerCase()))
        .map(([encoding]) => `${encoding} in ${where}`),
    );
    expect(found).toEqual([]);
  });
});
