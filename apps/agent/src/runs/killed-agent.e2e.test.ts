import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { runProgram } from '../../../../tests/run-program.js';
import { asRoot } from '../agent/as-root.fixture.js';
import { agentFile, hostNode } from '../agent/running-agent.fixture.js';
import { HostWithUpgrade } from './host-with-upgrade.fixture.js';
import { newOrder } from './order.fixture.js';
import type { RunnerIdentity } from './runner-identity.js';

const inRun = (it: HostWithUpgrade, runId: string, file: string) =>
  path.join(it.host.state, 'runs', runId, file);

describe('an agent that is killed', () => {
  // The moments between the order and the transaction, from before the journal to after the claim.
  test.each([0, 25, 80])('%i ms after an order starts the transaction once', async (milliseconds) => {
    const it = await HostWithUpgrade.create();
    const [runId, order] = [randomUUID(), newOrder()];
    const sent = it.order(runId, order).then(
      ({ status }) => status,
      () => 'no answer',
    );
    await delay(milliseconds);
    await it.host.kill();
    const answered = await sent;
    await it.host.start();
    if (answered === 201) expect((await it.report(runId)).run_id).toBe(runId);
    await it.order(runId, order);
    await it.until(runId, { state: 'succeeded' });
    expect(it.apt.ledger).toEqual(['lamp 1.1 configure']);
  });

  test('in the middle of a transaction neither ends nor repeats it', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [runId, order] = [randomUUID(), newOrder()];
    await it.order(runId, order);
    await it.isConfiguring();
    await it.host.kill();
    await it.host.start();
    const again = await it.order(runId, order);
    expect([again.status, again.json.data['state']]).toEqual([200, 'running']);
    expect((await it.order(randomUUID(), newOrder())).status).toBe(423);
    await it.host.kill();
    await it.host.start();
    it.letGoOn();
    await it.until(runId, { state: 'succeeded', exit_code: 0 });
    expect(it.apt.ledger).toEqual(['lamp 1.1 configure']);
  });

  test('before a transaction ends tells the end when it is back', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [runId, order] = [randomUUID(), newOrder()];
    await it.order(runId, order);
    await it.isConfiguring();
    await it.host.kill();
    it.letGoOn();
    await expect.poll(() => existsSync(inRun(it, runId, 'result.json')), { timeout: 20_000 }).toBe(true);
    await it.host.start();
    await it.until(runId, { state: 'succeeded' });
    expect((await it.order(runId, order)).status).toBe(200);
    expect(it.apt.ledger).toEqual(['lamp 1.1 configure']);
  });

  test('and comes back after the window closed starts nothing', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [running, waiting] = [randomUUID(), randomUUID()];
    await it.order(running, newOrder());
    await it.isConfiguring();
    await it.host.kill();
    it.letGoOn();
    await expect.poll(() => existsSync(inRun(it, running, 'result.json')), { timeout: 20_000 }).toBe(true);
    await it.host.start();
    await it.until(running, { state: 'succeeded' });
    const late = await it.order(waiting, newOrder({ valid_for_ms: 1 }));
    expect(late.status).toBe(201);
    const report = await it.until(waiting, { state: 'failed', exit_code: null });
    expect(report.error).toMatch(/^too late/);
    expect(it.apt.ledger).toHaveLength(1);
  });
});

describe('a transaction whose runner is killed', () => {
  test('fails and says that it has no result', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const runId = randomUUID();
    await it.order(runId, newOrder());
    await it.isConfiguring();
    const runner = JSON.parse(readFileSync(inRun(it, runId, 'claim.json'), 'utf8')) as RunnerIdentity;
    process.kill(runner.pid, 'SIGKILL');
    const report = await it.until(runId, { state: 'failed', exit_code: null });
    expect(report.error).toMatch(/without a result/);
    it.letGoOn();
  });

  test('with everything it started leaves a host that the next run repairs', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [broken, next] = [randomUUID(), randomUUID()];
    await it.order(broken, newOrder());
    await it.isConfiguring();
    const runner = JSON.parse(readFileSync(inRun(it, broken, 'claim.json'), 'utf8')) as RunnerIdentity;
    // Its session and no other's: the package system and the script of the package are in it.
    process.kill(-runner.pid, 'SIGKILL');
    await it.until(broken, { state: 'failed' });
    expect((await it.host.call('GET', '/api/v1/system/info')).json.data['package_db_clean']).toBe(false);
    it.letGoOn();
    await it.order(next, newOrder());
    await it.until(next, { state: 'succeeded' });
    expect((await it.host.call('GET', '/api/v1/system/info')).json.data['package_db_clean']).toBe(true);
  });
});

describe('a run', () => {
  test('is done by one runner, however many are started for it at once', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const runId = randomUUID();
    const directory = path.join(it.host.state, 'runs', runId);
    mkdirSync(directory, { recursive: true });
    const task = { run_id: runId, packages: null, package_lock_timeout_seconds: 1 };
    const start_before = new Date(Date.now() + 60_000).toISOString();
    writeFileSync(path.join(directory, 'task.json'), JSON.stringify({ ...task, start_before }));
    const command = [...asRoot, hostNode, agentFile, 'transaction', '--directory', directory];
    const env = { ...process.env, ...it.apt.environment };
    const runners = Array.from({ length: 5 }, () => runProgram(command, { env }));
    await it.isConfiguring();
    it.letGoOn();
    expect(await Promise.all(runners.map(({ exited }) => exited))).toEqual([0, 0, 0, 0, 0]);
    const said = runners.map(({ output }) => output().trim()).sort();
    expect(said).toEqual([...Array.from({ length: 4 }, () => 'another runner has this run'), 'ended']);
  });
});

describe('an agent that is asked to end', () => {
  test('ends at once and leaves the transaction alone', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const runId = randomUUID();
    await it.order(runId, newOrder());
    await it.isConfiguring();
    expect(await it.host.stop()).toBe(0);
    it.letGoOn();
    await expect.poll(() => existsSync(inRun(it, runId, 'result.json')), { timeout: 20_000 }).toBe(true);
    await it.host.start();
    await it.until(runId, { state: 'succeeded' });
  });
});

describe('an agent whose journal was damaged', () => {
  test('says so by a new epoch, and starts nothing beside a transaction that still works', async () => {
    const it = await HostWithUpgrade.withSlowUpgrade();
    const [runId, order] = [randomUUID(), newOrder()];
    await it.order(runId, order);
    await it.isConfiguring();
    const { agent_epoch: epoch } = await it.report(runId);
    await it.host.kill();
    const journal = path.join(it.host.state, 'runs.journal');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"accepted"', '"acceptes"'));
    await it.host.start();
    const health = await it.host.call('GET', '/api/v1/health');
    expect(health.json.data['agent_epoch']).not.toBe(epoch);
    expect((await it.host.call('GET', `/api/v1/runs/${runId}`)).status).toBe(404);
    expect((await it.order(randomUUID(), newOrder())).json.error?.['details']).toEqual({ run_id: runId });
    it.letGoOn();
    await expect.poll(() => existsSync(inRun(it, runId, 'result.json')), { timeout: 20_000 }).toBe(true);
    expect((await it.order(runId, order)).status).toBe(201);
    await it.until(runId, { state: 'succeeded' });
    expect(it.apt.ledger).toHaveLength(1);
  });
});
