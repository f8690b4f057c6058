import { beforeEach, describe, expect, test } from 'vitest';

import { ManualClock } from './manual-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { ServiceHealth } from './service-health.js';
import { taskCheck } from './task-check.js';
import { TaskWatch } from './task-watch.js';

const REFUSED = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });

let clock: ManualClock;
let log: RecordedLog;
let health: ServiceHealth;
let database: ScriptedCheck;
let memory: ScriptedCheck;

beforeEach(() => {
  clock = new ManualClock();
  log = new RecordedLog();
  health = new ServiceHealth({ clock, log });
  database = new ScriptedCheck('database');
  memory = new ScriptedCheck('memory', { critical: false });
  health.registry.add(database.definition);
  health.registry.add(memory.definition);
});

async function serve(): Promise<void> {
  await health.refresh();
  health.serving();
  log.take();
}

/** As the background refresh does, five seconds later. */
async function next(): Promise<void> {
  clock.advance(5000);
  await health.refresh();
}

function summary(): string {
  const { body, isReady, isLive } = health.read();
  return `${body.status} ${isReady ? 'ready' : 'not ready'} ${isLive ? 'live' : 'not live'}`;
}

test('a process is not ready before it serves, then ready, then not ready while it drains, and live throughout', async () => {
  expect(summary()).toBe('unhealthy not ready live');
  expect(health.read().body.checks.database).toEqual({ status: 'unhealthy', reason: 'pending' });
  await health.refresh();
  expect(summary()).toBe('healthy not ready live');
  expect(health.read().notReady).toEqual(['starting']);
  health.serving();
  expect(summary()).toBe('healthy ready live');
  health.draining();
  expect(summary()).toBe('healthy not ready live');
  expect(health.read().notReady).toEqual(['draining']);
  health.serving();
  expect(summary()).toBe('healthy not ready live');
  expect(log.take()).toEqual(['info ready', 'warn not ready']);
});

test('a database that fails once is seen at once and forgiven, twice it is not, and one success brings it back', async () => {
  await serve();
  database.next = REFUSED;
  await next();
  expect(summary()).toBe('unhealthy ready live');
  expect(log.take()).toEqual(['warn health check failed', 'warn health unhealthy']);
  await next();
  expect(summary()).toBe('unhealthy not ready live');
  expect(health.read().notReady).toEqual(['database: ECONNREFUSED']);
  expect(log.take()).toEqual(['warn not ready']);
  for (let minute = 0; minute < 60; minute += 1) {
    clock.advance(55_000);
    await next();
  }
  expect(summary()).toBe('unhealthy not ready live');
  expect(log.take()).toEqual([]);
  database.next = { status: 'healthy' };
  await next();
  expect(summary()).toBe('healthy ready live');
  expect(log.take()).toEqual(['info health healthy', 'info ready']);
});

test('an unhealthy check that is not critical degrades, and its line names it with its reason', async () => {
  await serve();
  memory.next = { status: 'unhealthy', reason: 'heap' };
  await next();
  await next();
  expect(summary()).toBe('degraded ready live');
  expect(health.read().body.checks).toEqual({
    database: { status: 'healthy' },
    memory: { status: 'unhealthy', reason: 'heap' },
  });
  expect(log.lines).toEqual([
    { level: 'warn', fields: { reasons: ['memory: heap'] }, message: 'health degraded' },
  ]);
});

test('a snapshot older than 20 s is unhealthy and not ready, older than 30 s not live, each with its line', async () => {
  await serve();
  clock.advance(20_000);
  expect(summary()).toBe('healthy ready live');
  clock.advance(1);
  expect(summary()).toBe('unhealthy not ready live');
  expect(health.read().body.checks.refresher).toEqual({ status: 'unhealthy', reason: 'snapshot_stale' });
  clock.advance(9999);
  expect(summary()).toBe('unhealthy not ready live');
  expect(log.take()).toEqual(['warn health unhealthy', 'warn not ready']);
  clock.advance(1);
  expect(summary()).toBe('unhealthy not ready not live');
  expect(log.lines).toEqual([
    { level: 'error', fields: { reasons: ['refresher: stuck'] }, message: 'not live' },
  ]);
  await health.refresh();
  expect(summary()).toBe('healthy ready live');
  expect(health.read().body.checks).not.toHaveProperty('refresher');
});

test('the timestamp is that of the snapshot, not of the reading', async () => {
  await serve();
  const { timestamp } = health.read().body;
  clock.advance(7000);
  expect(health.read().body.timestamp).toBe(timestamp);
  await health.refresh();
  expect(Date.parse(health.read().body.timestamp) - Date.parse(timestamp)).toBe(7000);
});

describe('a tick', () => {
  let watch: TaskWatch;

  beforeEach(async () => {
    watch = new TaskWatch(clock);
    health.registry.add(taskCheck({ name: 'tick', watch, clock, excusedBy: 'database' }));
    watch.begun();
    watch.ended();
    await serve();
  });

  async function tickFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 5) {
      watch.begun();
      watch.ended();
      await next();
    }
  }

  async function idleFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 5) await next();
  }

  test.each([
    ['dies', 'stopped', () => undefined],
    ['hangs', 'hung', () => watch.begun()],
  ])('that %s makes the process unhealthy, not ready and not live', async (_, reason, strike) => {
    await tickFor(60);
    expect(summary()).toBe('healthy ready live');
    strike();
    await idleFor(40);
    expect(summary()).toBe('unhealthy not ready not live');
    expect(health.read().body.checks.tick).toEqual({ status: 'unhealthy', reason });
    expect(log.take()).toEqual(['warn health unhealthy', 'error not live', 'warn not ready']);
    await tickFor(5);
    expect(summary()).toBe('healthy ready live');
  });

  test('that hangs on a dead database leaves the process live until the database has been back for 30 s', async () => {
    await tickFor(60);
    database.next = REFUSED;
    watch.begun();
    await idleFor(600);
    expect(summary()).toBe('unhealthy not ready live');
    database.next = { status: 'healthy' };
    await idleFor(30);
    expect(summary()).toBe('unhealthy not ready live');
    await idleFor(5);
    expect(summary()).toBe('unhealthy not ready not live');
  });
});

test('facts that cannot be read are null, with one line and not one a second', async () => {
  let isBroken = true;
  const readFacts = () => {
    if (isBroken) throw new Error('half built');
    return { topics: { overview: 3 }, tickAgeSeconds: 0.123456 };
  };
  health = new ServiceHealth({ clock, log, readFacts });
  await health.refresh();
  await health.refresh();
  expect(health.read().body.topics).toBeNull();
  expect(log.take()).toEqual(['warn health facts unreadable']);
  isBroken = false;
  await health.refresh();
  expect(health.read().body).toMatchObject({
    topics: { overview: 3 },
    tick_age_seconds: 0.123,
    last_error: null,
  });
});
