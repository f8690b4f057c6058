import { demoHost, restartOf } from './demo-host.js';
import type { DemoCheck, DemoFront, DemoHost, DemoPorts } from './demo-host.js';

const group = 'Edge';

export function edgeHosts(ports: DemoPorts): DemoHost[] {
  const tls = (name: string, octet: number): DemoCheck => ({
    input: {
      ...{ check_type: 'tcp', name, use_tls: true },
      ...{ target_host: `127.77.0.${octet}`, target_port: ports.tls },
    },
    ...{ latencyMs: 8, outages: [restartOf(octet)] },
  });
  const page = (name: string, octet: number, expected_body: string): DemoCheck => ({
    input: { check_type: 'http', name, url: `http://127.77.0.${octet}:${ports.http}/`, expected_body },
    ...{ latencyMs: 30, outages: [restartOf(octet)] },
  });
  return [
    loadBalancer('lb-1.fra', 41, tls('HTTPS of the shop', 41)),
    loadBalancer('lb-2.ams', 42, tls('HTTPS of the shop', 42)),
    demoHost('mail-1.fra', 43, {
      ...{ group, packages: ['postfix', 'openssl', 'libssl3'], isAgentDown: true },
      services: { postfix: true },
      fronts: [{ kind: 'tls', service: 'postfix' }],
      checks: [tls('Mail submission', 43)],
    }),
    // Nothing watches it: its gate lets everything through, and every page says so.
    demoHost('vpn-1.ams', 44, { group, packages: ['openssl', 'sudo'], services: { 'wg-quick@wg0': true } }),
    tool('git-1.fra', 45, {
      ...{ check: page('Git answers', 45, 'Explore'), front: { text: 'Explore', status: 503 } },
      failingHours: 3.2,
    }),
    tool('monitor-1.fra', 46, {
      ...{ check: page('Grafana answers', 46, 'Grafana'), front: { text: 'Grafana' } },
      failingHours: null,
    }),
  ];
}

const loadBalancer = (name: string, octet: number, check: DemoCheck): DemoHost =>
  demoHost(name, octet, {
    ...{ group, packages: ['haproxy', 'openssl', 'libssl3', 'tzdata'], pendingReboot: octet === 42 },
    services: { haproxy: true },
    fronts: [{ kind: 'tls', service: 'haproxy' }],
    checks: [
      {
        input: { check_type: 'service', name: 'HAProxy runs', service_name: 'haproxy' },
        ...{ latencyMs: 12, outages: [restartOf(octet)] },
      },
      check,
    ],
  });

interface Tool {
  readonly check: DemoCheck;
  readonly front: Pick<DemoFront, 'text' | 'status'>;
  readonly failingHours: number | null;
}

function tool(name: string, octet: number, { check, front, failingHours }: Tool): DemoHost {
  const failing =
    failingHours === null
      ? []
      : [{ from: failingHours, to: 0, reason: 'status', detail: 'HTTP 503' } as const];
  return demoHost(name, octet, {
    ...{ group, packages: ['curl', 'sudo', 'tzdata', 'base-files'] },
    services: { nginx: true },
    fronts: [{ kind: 'http', service: 'nginx', ...front }],
    checks: [{ ...check, outages: [...check.outages, ...failing] }],
  });
}
