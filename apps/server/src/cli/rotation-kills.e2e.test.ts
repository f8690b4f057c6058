import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApi } from '../api.fixture.js';
import type { TestApi } from '../api.fixture.js';
import { CONFIG } from '../config/config.token.js';
import type { Config } from '../config/config.schema.js';
import { SystemClock } from '../platform/clock/clock.js';
import { inspectSecrets } from '../platform/secrets/inspect-secrets.js';
import { readKeyRing } from '../platform/secrets/key-directory.js';
import { rotateSecrets } from '../platform/secrets/rotate-secrets.js';
import { Sealer } from '../platform/secrets/sealer.js';
import { basicAuthColumn } from '../features/health-checks/basic-auth-password.js';
import { add, addHost, web } from '../features/health-checks/checks.fixture.js';
import { sealedColumns } from '../sealed-columns.js';

const program = path.resolve(import.meta.dirname, '../../../../tests/fixtures/rotate-secrets.mjs');
/** A start costs a quarter of a second of processor time; PATCHGATE_ROTATION_KILLS=100 is for a change of the rotation. */
const kills = Number(process.env.PATCHGATE_ROTATION_KILLS ?? 20);
/** Started ahead, because a start takes ten times as long as a rotation. */
const waiting = 4;
/** About two rotations. */
const latestStep = 40;

let api: TestApi;
let keyDir: string;
beforeAll(async () => {
  api = await startTestApi();
  keyDir = api.app.get<Config>(CONFIG).keyDir;
});
afterAll(() => api.close());

interface Rotator {
  readonly child: ChildProcess;
  readonly isReady: Promise<unknown>;
}

function startRotator(cache: string): Rotator {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache };
  const child = fork(program, [api.database.appUrl, keyDir], { env });
  return { child, isReady: once(child, 'message') };
}

/** @throws Error when it ends by itself, which a rotation has no reason to */
async function steps(child: ChildProcess, wanted: number): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    if (!child.killed) throw new Error(`a rotation ended with ${String(code)}`);
  });
  for (let step = 0; step < wanted; step += 1) await Promise.race([once(child, 'message'), ended]);
}

/** Kills them one after the other, each somewhere in its rotations, while somebody writes. */
async function killRotations(write: (isOver: () => boolean) => Promise<void>): Promise<void> {
  const cache = path.join(path.dirname(keyDir), 'compiled');
  const queue = Array.from({ length: waiting }, () => startRotator(cache));
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, isReady } = queue.shift()!;
    if (kill + waiting < kills) queue.push(startRotator(cache));
    await isReady;
    const ended = once(child, 'exit');
    child.send('go');
    const writing = write(() => child.killed);
    await steps(child, randomInt(latestStep));
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await writing;
  }
}

test(
  `SEC-K6 a rotation killed ${kills} times under writes loses no secret and leaves none on an old key`,
  { timeout: 60_000 + kills * 3_000 },
  async () => {
    const passwords = new Map<string, string>();
    const checks: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const hostId = await addHost(api);
      const input = { ...web, basic_auth_user: 'monitor', basic_auth_pass: `first ${n}` };
      const { id } = await add(api.admin, hostId, input);
      checks.push(`/hosts/${hostId}/health-checks/${id}`);
      passwords.set(id, `first ${n}`);
    }
    let writes = 0;
    await killRotations(async (isOver) => {
      while (!isOver()) {
        const n = (writes += 1);
        const url = checks[n % checks.length]!;
        // Every second one keeps what is stored, which must not put back what a rotation has sealed anew.
        const basic_auth_pass = n % 2 === 0 ? `changed ${n}` : undefined;
        const body = { ...web, name: `written ${n}`, basic_auth_user: 'monitor', basic_auth_pass };
        await api.admin.ok(url, { method: 'PUT', body });
        if (basic_auth_pass !== undefined) passwords.set(path.basename(url), basic_auth_pass);
      }
    });
    const dataSource = api.app.get(DataSource);
    const keys = { path: keyDir, uid: process.geteuid!() };
    const options = { dataSource, clock: new SystemClock(), keys, columns: sealedColumns };
    // The server notices in its own time that the last one is gone.
    await vi.waitFor(async () => expect((await rotateSecrets(options)).kind).toBe('rotated'), 10_000);
    // Each rotation that got as far as its key left a row; a test whose kills all came before would prove nothing.
    const [{ begun }] = await dataSource.query<[{ begun: number }]>(
      'SELECT count(*)::int - 1 AS begun FROM secret_keys',
    );
    expect({ writes: writes > kills, begun: begun > kills / 10 }).toEqual({ writes: true, begun: true });
    const ring = await readKeyRing(keys);
    const report = await inspectSecrets(dataSource.manager, ring, sealedColumns);
    expect(report.columns).toMatchObject(
      sealedColumns.map(() => ({ unknownKey: 0, notAuthentic: 0, sealed: expect.any(Number) as number })),
    );
    expect(report.keys).toMatchObject([{ state: 'active', found: 'yes' }]);
    const sealer = api.app.get(Sealer);
    for (const { place, sealed } of await basicAuthColumn.read(dataSource.manager)) {
      expect(sealed.keyId).toBe(report.keys[0]!.id);
      await sealer.learnKeys([sealed.keyId]);
      expect(sealer.open(sealed, place).toString()).toBe(passwords.get(place.row));
    }
    expect((await api.admin.post('/audit-log/verify', {})).valid).toBe(true);
  },
);
