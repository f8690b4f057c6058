import { agentEnvelope, agentHealth, systemInfo } from '@patchgate/contracts/agent';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';

import type { AgentAnswer } from '../agent/call-agent.fixture.js';
import { asUser } from '../agent/as-root.fixture.js';
import { callAgent } from '../agent/call-agent.fixture.js';
import { TestHost } from '../agent/running-agent.fixture.js';
import { newOrder } from '../runs/order.fixture.js';

const problem = ({ status, json }: AgentAnswer) => [status, json.error?.['code'], json.error?.['message']];

describe('the agent', () => {
  test('says in its health what it is, what it can do and what it lacks', async () => {
    const host = await (await TestHost.create({ allow: ['127.0.0.1'] })).start();
    const { status, json } = await host.call('GET', '/api/v1/health');
    expect(status).toBe(200);
    const envelope = agentEnvelope(agentHealth.strict()).parse(json);
    expect(envelope.data).toMatchObject({
      status: 'degraded',
      capabilities: ['idempotent-runs', 'renew-certificate'],
      crl_status: 'missing',
    });
    expect(envelope.data?.lacks).toContain('services cannot be checked: systemd does not run this host');
    expect(host.output).toContain('services cannot be checked');
    const info = await host.call('GET', '/api/v1/system/info');
    expect(agentEnvelope(systemInfo.strict()).parse(info.json).data).toMatchObject({
      os: 'Debian GNU/Linux',
    });
  });

  test('answers what it does not serve, and bad input, in the envelope and by the name of the field', async () => {
    const host = await (await TestHost.create()).start();
    const runs = `/api/v1/runs/${randomUUID()}`;
    const answers = await Promise.all([
      host.call('GET', '/api/v1/nothing'),
      host.call('DELETE', runs),
      host.call('GET', '/api/v1/runs/no-id'),
      host.call('GET', `${runs}?after=1&before=2`),
      host.call('GET', `${runs}?after=1&after=2`),
      host.call('GET', '/api/v1/packages?sort=size'),
      host.call('PUT', runs, { ...newOrder(), reboot: true }),
      host.call('PUT', runs, { ...newOrder(), packages: [] }),
      host.call('PUT', runs, { ...newOrder(), packages: ['-o=Dir=/tmp'] }),
      host.call('PUT', runs, { ...newOrder(), fence: '1' }),
      host.call('PUT', runs, '{"fence":'),
      host.call('PUT', runs),
      host.call('POST', '/api/v1/system/reboot', { delay: 1 }),
      host.call('PUT', '/api/v1/certificate', { server_crt: 'x' }),
      host.call('GET', '/api/v1/system/services/%zz'),
      host.call('GET', `/api/v1/system/services/${encodeURIComponent('a;reboot')}`),
      host.call('GET', `/api/v1/system/services/${'a'.repeat(257)}`),
    ]);
    expect(answers.map(problem)).toEqual([
      [404, 'NOT_FOUND', expect.any(String)],
      [404, 'NOT_FOUND', expect.any(String)],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^run_id: /)],
      [400, 'VALIDATION_ERROR', 'before: unknown key'],
      [400, 'VALIDATION_ERROR', 'after: given twice'],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^sort: /)],
      [400, 'VALIDATION_ERROR', 'reboot: unknown key'],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^packages: /)],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^packages\.0: /)],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^fence: /)],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^body: no JSON/)],
      [400, 'VALIDATION_ERROR', expect.any(String)],
      [400, 'VALIDATION_ERROR', 'delay: unknown key'],
      [400, 'VALIDATION_ERROR', expect.stringMatching(/^ca_crt: /)],
      [400, 'VALIDATION_ERROR', 'path: badly encoded'],
      [400, 'INVALID_SERVICE_NAME', expect.any(String)],
      [400, 'INVALID_SERVICE_NAME', expect.any(String)],
    ]);
  });

  test('takes no body above 256 KiB, announced or not, and no body that is not JSON', async () => {
    const host = await (await TestHost.create()).start();
    const path = '/api/v1/system/reboot';
    const large = JSON.stringify({ text: 'x'.repeat(300_000) });
    const base = {
      ...{ port: host.port, authority: host.authority.certificate, as: host.manager, path, method: 'POST' },
    };
    expect(problem(await callAgent({ ...base, body: large }))[1]).toBe('BODY_TOO_LARGE');
    expect(problem(await callAgent({ ...base, body: large, isChunked: true }))[1]).toBe('BODY_TOO_LARGE');
    const form = await callAgent({
      ...base,
      body: 'delay_seconds=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(problem(form)).toEqual([400, 'VALIDATION_ERROR', 'content-type: expected application/json']);
  });

  test('counts the requests of a peer and tells it when to come back', async () => {
    const host = await (
      await TestHost.create({ rate_limit: { reads_per_minute: 20, writes_per_minute: 4 } })
    ).start();
    const answers = [];
    for (let index = 0; index < 7; index += 1) answers.push(await host.call('GET', '/api/v1/health'));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(problem(refused[0]!)[1]).toBe('TOO_MANY_REQUESTS');
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
    // What changes something is counted by itself.
    expect((await host.call('POST', `/api/v1/runs/${randomUUID()}/cancel`, {})).status).toBe(200);
  });

  test('hangs up on a request that does not end', async () => {
    const host = await (await TestHost.create()).start();
    const { certificate: cert, privateKey: key } = host.manager;
    const socket = connect({ host: '127.0.0.1', port: host.port, ca: host.authority.certificate, cert, key });
    socket.write('GET /api/v1/health HTTP/1.1\r\nhost: a\r\nx-slow: ');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    await once(socket, 'close', { signal: AbortSignal.timeout(20_000) });
    expect(received).toMatch(/^(?:HTTP\/1\.1 408|$)/);
  });

  test('serves its own health on another port, for this machine alone', async () => {
    const host = await (await TestHost.create()).start();
    const [, address] = await host.saying(
      /"address":"(127\.0\.0\.1:\d+)"[^\n]*"msg":"health listener ready"/,
    );
    const health = await fetch(`http://${address}/health`);
    const body = (await health.json()) as { status: string; checks: Record<string, object> };
    expect([health.status, body.status]).toEqual([200, 'degraded']);
    expect(Object.keys(body.checks).sort()).toEqual([
      ...['abilities', 'certificate', 'event_loop', 'listener', 'memory'],
    ]);
    for (const path of ['/live', '/ready', '/healthz'])
      expect((await fetch(`http://${address}${path}`)).status).toBe(200);
    expect(await (await fetch(`http://${address}/metrics`)).text()).toContain(
      'service_health_status{check="listener"} 1',
    );
  });

  test('that is not root answers what needs no root, and says why it changes nothing', async () => {
    const host = await TestHost.create({ reboot_command: ['false'] });
    await host.start(asUser(host.directory));
    const order = await host.call('PUT', `/api/v1/runs/${randomUUID()}`, newOrder());
    const reason = 'packages cannot be changed: the agent does not run as root';
    expect(problem(order)).toEqual([500, 'PKG_MANAGER_ERROR', reason]);
    expect((await host.call('POST', '/api/v1/system/reboot')).json.error?.['code']).toBe('REBOOT_BLOCKED');
    expect((await host.call('GET', '/api/v1/system/info')).status).toBe(200);
    const health = await host.call('GET', '/api/v1/health');
    expect(health.json.data['lacks']).toContainEqual(expect.stringContaining('does not run as root'));
    expect(host.output).toContain('does not run as root');
  });

  test('is the only one of its state directory', async () => {
    const host = await (await TestHost.create()).start();
    const second = host.another();
    expect(await second.exited).toBe(78);
    expect(second.output()).toMatch(/state_directory: another agent \(process \d+\) uses/);
  });
});
