import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ProbeContext } from './attempt.js';
import { probeTcp } from './tcp-probe.js';
import type { TcpCheck } from './tcp-probe.js';
import { localContext, startTargets } from './targets.fixture.js';
import type { Targets } from './targets.fixture.js';

let targets: Targets;
let context: ProbeContext;
beforeAll(async () => {
  targets = await startTargets();
  context = localContext(targets);
});
afterAll(() => targets.stop());

function check(name: string, changes: Partial<TcpCheck> = {}): TcpCheck {
  return {
    type: 'tcp',
    host: '127.0.0.1',
    port: targets.port(name),
    tls: 'none',
    ignoreCertErrors: false,
    ...changes,
  };
}

test.each([
  ['silent', 'none', 'ok'],
  ['tls-good', 'server', 'ok'],
  ['tls-mutual', 'mutual', 'ok'],
  ['tls-mutual', 'server', 'tls'],
  ['tls-expired', 'server', 'cert'],
  ['tls-stall', 'server', 'timeout'],
  ['no-http', 'server', 'tls'],
  ['good', 'server', 'tls'],
] as const)('%s with TLS %s is %s', async (name, tls, reason) => {
  const result = await probeTcp(check(name, { tls }), context);
  expect(result).toMatchObject({ healthy: reason === 'ok', reason, address: '127.0.0.1' });
});

test('a certificate that does not hold is told when its errors are ignored', async () => {
  const result = await probeTcp(check('tls-expired', { tls: 'server', ignoreCertErrors: true }), context);
  expect(result).toMatchObject({ healthy: true, certificate: { problem: 'the certificate has expired' } });
});

test('without a certificate of our own, mutual TLS fails before anything is sent', async () => {
  const result = await probeTcp(check('tls-mutual', { tls: 'mutual' }), { ...context, mutualTrust: null });
  expect(result).toMatchObject({
    reason: 'tls',
    detail: 'this manager has no client certificate to present',
  });
});

test('nobody there is a refused connection', async () => {
  expect(await probeTcp(check('silent', { port: 1 }), context)).toMatchObject({
    healthy: false,
    reason: 'connect',
    detail: 'connection refused',
  });
});
