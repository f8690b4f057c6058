import { demoHost, restartOf } from './demo-host.js';
import type { DemoHost, DemoPorts, Outage } from './demo-host.js';

/** The host whose PHP somebody stopped: the job of today waits for it. */
export const waitingHost = 'web-3.fra.example.org';
export const stoppedService = 'php8.2-fpm';
/** How long ago that was, in hours. */
const stoppedHours = 0.6;

const user = { basic_auth_user: 'monitor', basic_auth_pass: 'simulated, so no secret' };

export const webHosts = (ports: DemoPorts): DemoHost[] =>
  [1, 2, 3, 4, 5, 6].map((number) => webHost(number, ports));

function webHost(number: number, ports: DemoPorts): DemoHost {
  const octet = 10 + number;
  const name = `web-${number}.${number <= 4 ? 'fra' : 'ams'}`;
  const address = `127.77.0.${octet}`;
  const isWaiting = `${name}.example.org` === waitingHost;
  const stopped = (reason: Outage['reason'], detail: string): Outage[] =>
    isWaiting ? [{ from: stoppedHours, to: 0, reason, detail }] : [];
  const restart = restartOf(octet);
  const busy: Outage[] =
    number % 2 === 0 ? [{ from: 31.5, to: 30.6, reason: 'status', detail: 'HTTP 502' }] : [];
  return demoHost(name, octet, {
    group: 'Web',
    packages: ['openssl', 'libssl3', 'nginx', 'php8.2-fpm', 'tzdata', 'base-files'],
    // The others had theirs in the job of today, which is for security alone.
    ...(!isWaiting && { pending: ['tzdata', 'base-files'] }),
    services: { nginx: true, [stoppedService]: !isWaiting },
    fronts: [
      {
        ...{ kind: 'http', service: 'nginx', needs: [stoppedService], text: '{"status":"ok"}' },
        basic_auth: `${user.basic_auth_user}:${user.basic_auth_pass}`,
      },
      { kind: 'fastcgi', service: stoppedService },
    ],
    checks: [
      {
        input: { check_type: 'service', name: 'nginx runs', service_name: 'nginx' },
        ...{ latencyMs: 12, outages: [restart] },
      },
      {
        input: { check_type: 'service', name: 'PHP-FPM runs', service_name: stoppedService },
        latencyMs: 11,
        outages: [restart, ...stopped('service_unhealthy', 'failed (failed)')],
      },
      {
        input: {
          ...{ check_type: 'http', name: 'Shop answers', url: `http://${address}:${ports.http}/health` },
          ...{ expected_body: '"status":"ok"', ...user },
        },
        latencyMs: 38 + number,
        outages: [restart, ...busy, ...stopped('status', 'HTTP 502')],
      },
      {
        input: {
          ...{ check_type: 'fastcgi', name: 'PHP-FPM answers its ping' },
          ...{ target_host: address, target_port: ports.fastcgi },
        },
        latencyMs: 4,
        outages: [restart, ...stopped('connect', 'connection refused')],
      },
    ],
  });
}
