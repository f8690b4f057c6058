// Probes every target it is given and then has nothing to do: it ends by itself unless a probe left something behind.
import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { WorkPermits, probeFastcgi, probeHttp, probeTcp } from '@patchgate/probes';

/** @type {Record<string, number>} */
const ports = JSON.parse(process.argv[2] ?? '{}');
const trust = new TlsTrust({ roots: [] });
const context = {
  deadlineMs: 500,
  policy: createDialPolicy({ allow: ['127.0.0.0/8'] }),
  resolve: systemResolve,
  trust,
  mutualTrust: trust,
  permits: new WorkPermits(2),
  nowMs: () => performance.now(),
};
const target = (/** @type {number} */ port) => ({ host: '127.0.0.1', port });
const probes = Object.values(ports).flatMap((port) => [
  ...['http', 'https'].map((scheme) =>
    probeHttp(
      {
        type: 'http',
        url: `${scheme}://127.0.0.1:${port}/ok`,
        expectedBody: 'ready',
        ignoreCertErrors: true,
        basicAuth: null,
      },
      context,
    ),
  ),
  .../** @type {const} */ (['none', 'server', 'mutual']).map((tls) =>
    probeTcp({ type: 'tcp', ...target(port), tls, ignoreCertErrors: false }, context),
  ),
  probeFastcgi({ type: 'fastcgi', ...target(port), scriptPath: '/fpm-ping', expectedBody: 'pong' }, context),
]);
const results = await Promise.all(probes);
// The others are over when the last deadline is. This one is over long before: a timer of it would be there still.
const good = { type: /** @type {const} */ ('tcp'), ...target(ports.good ?? 0) };
await probeTcp({ ...good, tls: 'none', ignoreCertErrors: false }, { ...context, deadlineMs: 60_000 });
const healthy = results.filter((result) => result.healthy).length;
process.stdout.write(`${JSON.stringify({ probes: results.length, healthy })}\n`);
