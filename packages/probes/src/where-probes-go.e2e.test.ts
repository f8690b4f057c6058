import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces } from 'node:os';

import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ProbeContext } from './attempt.js';
import { probeFastcgi } from './fastcgi-probe.js';
import { probeHttp } from './http-probe.js';
import type { ProbeResult } from './probe-result.js';
import { probeTcp } from './tcp-probe.js';
import { WorkPermits } from './work-permits.js';

/** Listens on every address of this machine, and counts whoever comes. */
let listener: Server;
let port: number;
let visits = 0;
beforeAll(async () => {
  listener = createServer((socket) => {
    visits += 1;
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nready');
  });
  await new Promise<void>((resolve) => listener.listen(0, '::', resolve));
  port = (listener.address() as AddressInfo).port;
});
afterAll(() => listener.close());

const context: ProbeContext = {
  deadlineMs: 2_000,
  policy: createDialPolicy(),
  resolve: systemResolve,
  trust: new TlsTrust({ roots: [] }),
  mutualTrust: null,
  permits: new WorkPermits(100),
  nowMs: () => performance.now(),
};

const http = (host: string, changes: Partial<ProbeContext> = {}): Promise<ProbeResult> =>
  probeHttp(
    {
      type: 'http',
      url: `http://${host}:${port}/`,
      expectedBody: 'ready',
      ignoreCertErrors: true,
      basicAuth: null,
    },
    { ...context, ...changes },
  );

/** Every way to write this machine that a URL takes. */
const inUrls = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.01',
  ],
  ...['127.0.0.1.', '127.000.000.001', '0', '0.0.0.0', '0x0', '00', 'localhost', 'LOCALHOST', 'localhost.'],
  ...['１２７.０.０.１', '127。0。0。1', 'ⓛocalhost', '%31%32%37.0.0.1', '127.0.0.1%2e'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:0:127.0.0.1]'],
  ...['[::127.0.0.1]', '[::7f00:1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
];

/** And what a plain field takes besides. */
const inFields = [
  ...[
    '::1',
    '::',
    '[::1]',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '017700000001',
  ],
  ...['localhost', 'LocalHost', '0', '0.0.0.0', 'fe80::1%lo', '64:ff9b::7f00:1'],
];

describe('SEC-P1 nothing that is denied is ever connected to', () => {
  test.each(inUrls)('http %s', async (host) => {
    const before = visits;
    const result = await http(host);
    expect(['blocked', 'dns']).toContain(result.reason);
    expect(visits).toBe(before);
  });

  test.each(inFields)('tcp and fastcgi %s', async (host) => {
    const before = visits;
    const tcp = await probeTcp({ type: 'tcp', host, port, tls: 'none', ignoreCertErrors: false }, context);
    const fastcgi = await probeFastcgi(
      { type: 'fastcgi', host, port, scriptPath: '/fpm-ping', expectedBody: 'pong' },
      context,
    );
    for (const { reason } of [tcp, fastcgi]) expect(['blocked', 'dns']).toContain(reason);
    expect(visits).toBe(before);
  });

  test('a name that changes its answer after it was looked at gains nothing', async () => {
    const before = visits;
    const answers = ['10.255.255.1', '127.0.0.1'];
    const resolve = () => Promise.resolve([answers.shift() ?? '127.0.0.1']);
    // A name that leads here as soon as anybody but the resolver is asked for it.
    expect((await http('localhost', { resolve, deadlineMs: 300 })).address).toBe('10.255.255.1');
    expect((await http('localhost', { resolve })).reason).toBe('blocked');
    expect(visits).toBe(before);
  });

  test('one denied address among many denies the name', async () => {
    const before = visits;
    const resolve = () => Promise.resolve(['10.0.0.1', '192.168.0.1', '::ffff:127.0.0.1']);
    expect(await http('mixed.example', { resolve })).toMatchObject({ reason: 'blocked', address: null });
    expect(visits).toBe(before);
  });

  test("the manager's own listener, also where this machine may be probed", async () => {
    const policy = createDialPolicy({
      allow: ['0.0.0.0/0', '::/0'],
      own: () => [{ addresses: 'any', port }],
    });
    const before = visits;
    const here = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
    const hosts = here.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
    for (const host of ['127.0.0.1', '127.3.2.1', 'localhost', '0.0.0.0', ...hosts]) {
      expect((await http(host, { policy })).reason).toBe('blocked');
    }
    expect(visits).toBe(before);
  });

  test('and the same listener is reached where it is allowed', async () => {
    const policy = createDialPolicy({ allow: ['127.0.0.0/8', '::1'] });
    const before = visits;
    expect(await http('127.0.0.1', { policy })).toMatchObject({ healthy: true });
    expect(visits).toBe(before + 1);
  });
});
