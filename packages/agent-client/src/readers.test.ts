import {
  agentEnvelope,
  agentHealth,
  jobAck,
  jobDetail,
  jobList,
  patchList,
  rebootAck,
  runReport,
  serviceStatus,
  systemInfo,
} from '@patchgate/contracts/agent';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { AgentError } from './agent-failure.js';
import { healthReader, takesRuns } from './health.reader.js';
import { isAtWork, jobAckReader, jobReader, jobsReader } from './jobs.reader.js';
import { patchesReader } from './patches.reader.js';
import { readAnswer } from './read-answer.js';
import { runReader } from './run.reader.js';
import { csrReader, rebootReader, serviceReader, systemInfoReader } from './system.reader.js';

const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8');
const answer = (text: string, status = 200, headers = {}) => ({ status, headers, body: Buffer.from(text) });
const read = <T extends z.ZodType>(name: string, reader: T, status = 200) =>
  readAnswer(answer(fixture(name), status), reader);
const failureOf = (work: () => unknown): AgentError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a fixture is an answer of the contract', () => {
  it.each([
    ['ours/health', agentHealth],
    ['ours/patches', patchList],
    ['ours/run', runReport],
    ['ours/service', serviceStatus],
    ['ours/system-info', systemInfo],
    ['public/health', agentHealth],
    ['public/job', jobDetail],
    ['public/job-ack', jobAck],
    ['public/jobs', jobList],
    ['public/patches', patchList],
    ['public/reboot-ack', rebootAck],
    ['public/service', serviceStatus],
    ['public/service-stopped', serviceStatus],
    ['public/system-info', systemInfo],
  ])('%s', (name, schema) => {
    expect(() => agentEnvelope(schema).parse(JSON.parse(fixture(name)))).not.toThrow();
  });
});

describe('what an agent says of itself', () => {
  it('is one that takes runs under our ids only if it says so', () => {
    expect(takesRuns(read('ours/health', healthReader))).toBe(true);
    expect(takesRuns(read('public/health', healthReader))).toBe(false);
    for (const odd of ['idempotent-runs', { 'idempotent-runs': true }, [null, 7], null]) {
      const text = JSON.stringify({
        success: true,
        data: { version: '1', capabilities: odd },
        error: null,
      });
      expect(takesRuns(readAnswer(answer(text), healthReader))).toBe(false);
    }
  });

  it('has a boot id of the form that the kernel gives, or none', () => {
    expect(read('ours/health', healthReader).boot_id).toBe('2f1d3f0e-51a1-4c7e-9d44-0f1f5a0c7b11');
    const text = JSON.stringify({ success: true, data: { version: '1', boot_id: 'x y' } });
    expect(readAnswer(answer(text), healthReader).boot_id).toBeNull();
  });

  it('does not claim that no reboot is pending where it does not say', () => {
    expect(read('public/system-info', systemInfoReader).pending_reboot).toBe(false);
    const text = JSON.stringify({ success: true, data: { os: 'Debian' } });
    expect(readAnswer(answer(text), systemInfoReader).pending_reboot).toBeNull();
  });
});

describe('H4 what an agent says of a service', () => {
  it('is its `healthy` and nothing derived from the other fields', () => {
    expect(read('public/service', serviceReader).healthy).toBe(true);
    expect(read('public/service-stopped', serviceReader).healthy).toBe(false);
    const odd = { name: 'nginx', active_state: 'active', sub_state: 'running', healthy: false };
    const text = JSON.stringify({ success: true, data: odd });
    expect(readAnswer(answer(text), serviceReader).healthy).toBe(false);
  });

  it.each([undefined, null, 'true', 1, {}])('is no answer when `healthy` is %s', (healthy) => {
    const text = JSON.stringify({ success: true, data: { name: 'nginx', healthy } });
    expect(failureOf(() => readAnswer(answer(text), serviceReader)).failure).toBe('bad_answer');
  });

  it.each([
    ['public/service-not-found', 404, 'refused', 'SERVICE_NOT_FOUND'],
    ['public/invalid-service-name', 400, 'refused', 'INVALID_SERVICE_NAME'],
    ['public/service-status-error', 500, 'failed', 'SERVICE_STATUS_ERROR'],
  ])('%s is no service that is well', (name, status, failure, code) => {
    expect(failureOf(() => read(name, serviceReader, status))).toMatchObject({ failure, code, status });
  });
});

describe('what can be upgraded', () => {
  it('is read as told', () => {
    expect(read('ours/patches', patchesReader).patches).toEqual([
      {
        name: 'openssl',
        current_version: '3.0.14-1~deb12u2',
        available_version: '3.0.15-1~deb12u1',
        severity: 'unknown',
        security: true,
        requires_reboot: true,
        kept_back: null,
      },
    ]);
  });

  it('has the new version where an agent tells it in the wrong field, and does not make one up for the old', () => {
    const { patches } = read('public/patches', patchesReader);
    expect(
      patches.map(({ name, current_version, available_version, security }) => [
        ...[name, current_version, available_version, security],
      ]),
    ).toEqual([
      ['openssl', null, '3.0.15-1~deb12u1', null],
      ['tzdata', null, '2026a-0+deb12u1', null],
    ]);
  });

  it('says which upgrades the next run would not make, and takes no other word for it', () => {
    const patches = ['held', 'deferred', 'forgotten', null].map((kept_back) => ({ name: 'curl', kept_back }));
    const text = JSON.stringify({ success: true, data: { patches } });
    const read = readAnswer(answer(text), patchesReader).patches.map(({ kept_back }) => kept_back);
    expect(read).toEqual(['held', 'deferred', null, null]);
  });

  it('leaves out what cannot be read, and keeps the others', () => {
    const patches = [null, 7, { name: '' }, { current_version: '1' }, { name: 'curl', current_version: 3 }];
    const text = JSON.stringify({ success: true, data: { patches } });
    expect(readAnswer(answer(text), patchesReader).patches).toMatchObject([
      { name: 'curl', current_version: null, available_version: null, requires_reboot: null },
    ]);
  });
});

describe('jobs of the public agent', () => {
  it('have one spelling here, however they are written', () => {
    const { jobs } = read('public/jobs', jobsReader);
    expect(jobs.map(({ operation, status }) => [operation, status])).toEqual([
      ['patchapply', 'timed_out'],
      ['patchapply', 'rebooting'],
    ]);
    for (const [written, status] of [
      ['timed_out', 'timed_out'],
      ['TimedOut', 'timed_out'],
      ['CANCELED', 'cancelled'],
      ['resting', 'unknown'],
      ['', 'unknown'],
    ] as const) {
      const text = JSON.stringify({
        success: true,
        data: { jobs: [{ job_id: 'a-1', operation: 'x', status: written }] },
      });
      expect(readAnswer(answer(text), jobsReader).jobs).toMatchObject([{ status }]);
    }
  });

  it('are at work until they say that they have ended, unless they are the own work of an agent', () => {
    const at = (status: string, packages: unknown = ['2 packages']) => {
      const jobs = [{ job_id: 'a-1', operation: 'patchapply', status, packages }];
      const text = JSON.stringify({ success: true, data: { jobs } });
      return readAnswer(answer(text), jobsReader).jobs.some(isAtWork);
    };
    expect(['pending', 'Running', 'rebooting', 'resting'].map((status) => at(status))).not.toContain(false);
    expect(['completed', 'failed', 'canceled', 'timedout'].map((status) => at(status))).not.toContain(true);
    expect(at('running', ['__health_refresh__'])).toBe(false);
    expect(at('running', null)).toBe(true);
  });

  it('tell their log, their end, and whose they are', () => {
    expect(read('public/job', jobReader)).toMatchObject({
      status: 'completed',
      progress: 100,
      logs: ['Reading package lists...', 'Setting up openssl'],
      exit_code: 0,
    });
    expect(read('public/job-ack', jobAckReader, 202).job_id).toBe('9b2f0f6e-6f6d-4d0b-b1a5-d9f9a0b7d001');
    expect(read('public/reboot-ack', rebootReader, 202).scheduled_at).toBe('2026-03-26T01:50:00Z');
  });
});

describe('runs of our agent', () => {
  it('are read with their log', () => {
    expect(read('ours/run', runReader)).toMatchObject({
      state: 'running',
      progress: 40,
      log: [{ seq: 1, line: 'Reading package lists...' }],
    });
    expect(read('ours/certificate-request', csrReader).csr).toContain('REQUEST');
  });

  it('in a state that nobody knows are no runs', () => {
    const { data } = JSON.parse(fixture('ours/run')) as { data: object };
    const text = JSON.stringify({ success: true, data: { ...data, state: 'sort of done' } });
    expect(failureOf(() => readAnswer(answer(text), runReader)).failure).toBe('bad_answer');
  });
});

describe('a refusal', () => {
  it('says whether to come again, and when', () => {
    expect(failureOf(() => read('public/queue-full', jobAckReader, 429))).toMatchObject({
      ...{ failure: 'refused', code: 'QUEUE_FULL', isRetryable: true },
    });
    expect(failureOf(() => read('ours/host-busy', runReader, 423))).toMatchObject({
      ...{ failure: 'refused', code: 'HOST_BUSY', isRetryable: true },
    });
    const tooOften = answer('Too many requests', 429, { 'retry-after': '7' });
    expect(failureOf(() => readAnswer(tooOften, healthReader))).toMatchObject({
      ...{ failure: 'refused', isRetryable: true, retryAfterSeconds: 7 },
    });
    const never = answer('', 429, { 'retry-after': '999999' });
    expect(failureOf(() => readAnswer(never, healthReader)).retryAfterSeconds).toBe(3600);
  });

  it('of an unknown path comes with an empty body', () => {
    expect(failureOf(() => readAnswer(answer('', 405), healthReader))).toMatchObject({
      ...{ failure: 'refused', code: 'UNSUPPORTED', isRetryable: false },
    });
  });

  it('of us is not one of the request', () => {
    expect(failureOf(() => readAnswer(answer('no', 403), healthReader)).failure).toBe('refused_us');
  });
});

describe('SEC-H2 what is no answer of an agent', () => {
  it.each([
    ['not JSON', 200, '<html>'],
    ['empty', 200, ''],
    ['truncated', 200, '{"success":true,"data":{"version":"1"'],
    ['a list', 200, '[]'],
    ['null', 200, 'null'],
    ['without an envelope', 200, '{"version":"1"}'],
    ['with success that is a text', 200, '{"success":"true","data":{"version":"1"}}'],
    ['without data', 200, '{"success":true,"data":null}'],
    ['data of another kind', 200, '{"success":true,"data":[1]}'],
    ['a refusal without reasons', 418, '{"success":false,"data":null,"error":null}'],
    ['prototype games', 200, '{"__proto__":{"success":true,"data":{"version":"1"}}}'],
  ])('%s', (_name, status, text) => {
    expect(failureOf(() => readAnswer(answer(text, status), healthReader)).failure).toBe('bad_answer');
  });

  it('success under a status of failure is a failure', () => {
    const text = '{"success":true,"data":{"version":"1"}}';
    expect(failureOf(() => readAnswer(answer(text, 500), healthReader)).failure).toBe('failed');
  });

  it('a text that deceives is tamed and cut', () => {
    const version = `1\u202e2\u0000\u001b[31m\u2028${'9'.repeat(500)}\ud800`;
    const text = JSON.stringify({ success: true, data: { version } });
    const read = readAnswer(answer(text), healthReader).version;
    expect(read).toMatch(/^1 2 {2}\[31m 9+$/);
    expect(read).toHaveLength(64);
    const refusal = {
      success: false,
      error: { code: 'X', message: `\u001b]0;gotcha\u0007${'a'.repeat(900)}` },
    };
    const { message } = failureOf(() => readAnswer(answer(JSON.stringify(refusal), 400), healthReader));
    expect(message).toMatch(/^\]0;gotcha a+$/);
    expect(message.length).toBeLessThanOrEqual(300);
  });
});
