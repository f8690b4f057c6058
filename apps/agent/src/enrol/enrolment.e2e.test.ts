import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { problem } from '@patchgate/contracts';
import { describe, expect, onTestFinished, test } from 'vitest';

import { runProgram } from '../../../../tests/run-program.js';
import { callAgent } from '../agent/call-agent.fixture.js';
import { agentFile, hostNode, testHostId } from '../agent/running-agent.fixture.js';
import { TestAuthority } from '../tls/test-authority.fixture.js';
import { TestManager } from './test-manager.fixture.js';

async function newHost() {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-enrol-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const config = path.join(directory, 'etc/agent.json');
  const state = path.join(directory, 'state');
  const enroll = (...args: string[]) =>
    runProgram([hostNode, agentFile, 'enroll', '--config', config, '--state', state, ...args]);
  return { config, state, enroll };
}

describe('SEC-E1 a host that enrols', () => {
  test('waits for an administrator and then serves the manager that took it in', async () => {
    const manager = await TestManager.start();
    const { config, state, enroll } = await newHost();
    const program = enroll('--manager', manager.address, '--token', manager.token(), '--port', '4443');
    await program.saying(/Waiting for an administrator to approve this host in Agents/);
    await expect.poll(() => manager.asked.at(-1), { timeout: 10_000 }).toBe('GET /api/v1/enroll/status/…');
    manager.decision = 'approved';
    expect(await program.exited).toBe(0);
    expect(program.output()).toContain(`Approved. This host is ${testHostId}`);
    expect(manager.requests[0]).toMatchObject({ ip_address: '127.0.0.1', agent_port: 4443 });
    expect(manager.requests[0]?.csr).toContain('BEGIN CERTIFICATE REQUEST');
    const settings = JSON.parse(await readFile(config, 'utf8')) as Record<string, unknown>;
    expect(settings).toMatchObject({
      host_id: testHostId,
      manager_url: manager.address,
      allow: ['127.0.0.1'],
    });
    const modeOf = async (file: string) => (await stat(path.join(state, 'certificates', file))).mode & 0o777;
    expect(await modeOf('identity.pem')).toBe(0o600);
    expect(await readdir(state)).toEqual(['certificates']);
    const agent = runProgram([hostNode, agentFile, '--config', await onFreePorts(config, settings)]);
    onTestFinished(() => void agent.kill('SIGKILL'));
    const ready = await agent.saying(/"port":(\d+),[^\n]*"msg":"agent ready"/);
    const as = await manager.authority.issue();
    const call = {
      port: Number(ready[1]),
      authority: manager.authority.certificate,
      as,
      path: '/api/v1/health',
    };
    expect((await callAgent(call)).json.data).toMatchObject({ crl_status: 'valid' });
    expect(await enroll('--manager', manager.address, '--token', manager.token()).exited).toBe(1);
  });

  test('goes on waiting when it is started again after it was killed, without the token', async () => {
    const manager = await TestManager.start();
    const { enroll } = await newHost();
    const first = enroll('--manager', manager.address, '--token', manager.token());
    await first.saying(/Waiting for an administrator/);
    first.kill('SIGKILL');
    await first.exited;
    manager.decision = 'approved';
    expect(await enroll().exited).toBe(0);
    expect(manager.requests).toHaveLength(1);
  });

  test('sends no token to a manager whose authority is not the one of the token', async () => {
    const manager = await TestManager.start();
    const { enroll } = await newHost();
    const program = enroll(
      '--manager',
      manager.address,
      '--token',
      manager.token(await TestAuthority.create()),
    );
    expect(await program.exited).toBe(1);
    expect(program.output()).toMatch(/is not the one the token was made under.*was not sent/s);
    expect(manager.asked).toEqual(['GET /api/v1/pki/ca.pem']);
  });

  test('sends no token to somebody who passes on the right authority and is not of it', async () => {
    const manager = await TestManager.start({ shownBy: await TestAuthority.create() });
    const { enroll } = await newHost();
    const program = enroll('--manager', manager.address, '--token', manager.token());
    expect(await program.exited).toBe(1);
    expect(program.output()).toMatch(/cannot be reached: .*(certificate|signature)/);
    expect(manager.asked).toEqual(['GET /api/v1/pki/ca.pem']);
  });

  test.each([
    ['without a manager', ['--token', 't'], /--manager is missing/],
    ['without a token', ['--manager', 'https://a.example'], /--token is missing/],
    ['with half a token', ['--manager', 'https://a.example', '--token', 'pge_abc'], /copy the whole token/],
    [
      'in the clear',
      ['--manager', 'http://a.example', '--token', `pge_${'a'.repeat(43)}.${'b'.repeat(43)}`],
      /use https/,
    ],
    [
      'with a port that is none',
      ['--port', '0', '--manager', 'https://a.example', '--token', 't'],
      /--port: expected/,
    ],
    ['with a network that is none', ['--allow', '10.0.0.0/99'], /--allow 10\.0\.0\.0\/99: expected/],
    ['with an option that is none', ['--managr', 'x'], /usage:/],
  ])('%s asks nobody and says what is wrong', async (_name, args, words) => {
    const { enroll, state } = await newHost();
    const program = enroll(...args);
    expect(await program.exited).toBeGreaterThan(0);
    expect(program.output()).toMatch(words);
    await expect(readdir(path.join(state, 'certificates'))).rejects.toThrow();
  });

  test("tells the manager's own words when it is refused", async () => {
    const manager = await TestManager.start();
    const message = 'This enrolment token is unknown, used, revoked or older than 30 minutes.';
    const refusal = { code: 'forbidden', message, issues: [{ path: 'token', message }], request_id: '1' };
    const body = JSON.stringify(problem.parse(refusal));
    manager.refusal = { status: 403, body };
    const { enroll } = await newHost();
    const program = enroll('--manager', manager.address, '--token', manager.token());
    expect(await program.exited).toBe(1);
    expect(program.output()).toContain(message);
  });

  test.each(['denied', 'notfound'] as const)(
    'ends when the answer is %s, and may then begin anew',
    async (decision) => {
      const manager = await TestManager.start();
      manager.decision = decision;
      const { enroll } = await newHost();
      expect(await enroll('--manager', manager.address, '--token', manager.token()).exited).toBe(1);
      manager.decision = 'approved';
      manager.requests.length = 0;
      expect(await enroll('--manager', manager.address, '--token', manager.token()).exited).toBe(0);
    },
  );

  test.each([
    ['for another host', { names: [{ type: 'url', value: 'patchgate:host:another' }] }],
    ['that has expired', { from: new Date(0), to: new Date(1) }],
  ] as const)('keeps no certificate %s', async (_name, hostCertificate) => {
    const manager = await TestManager.start({ hostCertificate });
    manager.decision = 'approved';
    const { enroll, state } = await newHost();
    const program = enroll('--manager', manager.address, '--token', manager.token());
    expect(await program.exited).toBe(1);
    expect(program.output()).toContain('the manager gave a certificate that cannot be used');
    await expect(readdir(path.join(state, 'certificates'))).rejects.toThrow();
  });
});

async function onFreePorts(config: string, settings: object): Promise<string> {
  const free = { listen: { address: '127.0.0.1', port: 0 }, management: { port: 0 } };
  await writeFile(config, JSON.stringify({ ...settings, ...free }));
  return config;
}
