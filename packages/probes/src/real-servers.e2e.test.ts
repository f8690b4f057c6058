import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { noRealServers, startNginx, startPhpFpm } from '../../../tests/real-servers.js';
import type { ProbeContext } from './attempt.js';
import { probeFastcgi } from './fastcgi-probe.js';
import { probeHttp } from './http-probe.js';
import { probeTcp } from './tcp-probe.js';
import { WorkPermits } from './work-permits.js';

const context: ProbeContext = {
  deadlineMs: 1_000,
  policy: createDialPolicy({ allow: ['127.0.0.0/8'] }),
  resolve: systemResolve,
  trust: new TlsTrust({ roots: [] }),
  mutualTrust: null,
  permits: new WorkPermits(10),
  nowMs: () => performance.now(),
};

describe.skipIf(noRealServers !== null)('real servers', () => {
  test('an nginx is healthy, asks for its password, and is refused once it is stopped', async () => {
    const [user, password] = ['monitor', 'a pässword: with colon'];
    const nginx = await startNginx(user, password);
    onTestFinished(nginx.remove);
    const http = (page: string, basicAuth: { user: string; password: string } | null) =>
      probeHttp(
        {
          type: 'http',
          url: `http://127.0.0.1:${nginx.port}${page}`,
          expectedBody: 'the shop is ready',
          ignoreCertErrors: true,
          basicAuth,
        },
        context,
      );
    expect(await http('/', null)).toMatchObject({ healthy: true, address: '127.0.0.1' });
    expect(await http('/missing', null)).toMatchObject({ reason: 'status', detail: 'HTTP 404' });
    expect(await http('/private/', null)).toMatchObject({ reason: 'status', detail: 'HTTP 401' });
    expect(await http('/private/', { user, password: 'wrong' })).toMatchObject({ detail: 'HTTP 401' });
    expect(await http('/private/', { user, password })).toMatchObject({ healthy: true });
    const log = readFileSync(path.join(nginx.directory, 'access.log'), 'utf8');
    expect(log.trim().split('\n')).toHaveLength(5);
    expect(log).toContain('- monitor [');
    await nginx.stop();
    expect(await http('/', null)).toMatchObject({ reason: 'connect', detail: 'connection refused' });
  });

  test('a php-fpm answers its ping, knows its paths, shows a full pool, and is refused once it is stopped', async () => {
    const fpm = await startPhpFpm();
    onTestFinished(fpm.remove);
    const fastcgi = (scriptPath: string, expectedBody = 'pong', changes: Partial<ProbeContext> = {}) =>
      probeFastcgi(
        { type: 'fastcgi', host: '127.0.0.1', port: fpm.port, scriptPath, expectedBody },
        { ...context, ...changes },
      );
    expect(await fastcgi('/fpm-ping')).toMatchObject({ healthy: true, reason: 'ok' });
    expect(await fastcgi('/wrong')).toMatchObject({ reason: 'bad_answer', detail: 'status 404' });
    const occupied = fastcgi(fpm.slowScript, 'slow', { deadlineMs: 10_000 });
    await expect
      .poll(() => fastcgi('/fpm-ping', 'pong', { deadlineMs: 300 }), { timeout: 3_000 })
      .toMatchObject({ reason: 'pool_busy' });
    expect(await occupied).toMatchObject({ healthy: true });
    await expect.poll(() => fastcgi('/fpm-ping'), { timeout: 5_000 }).toMatchObject({ healthy: true });
    const tcp = {
      type: 'tcp' as const,
      host: '127.0.0.1',
      port: fpm.port,
      tls: 'none' as const,
      ignoreCertErrors: false,
    };
    expect(await probeTcp(tcp, context)).toMatchObject({ healthy: true });
    await fpm.stop();
    expect(await fastcgi('/fpm-ping')).toMatchObject({ reason: 'connect', detail: 'connection refused' });
  });
});
