import { demoHost, restartOf, ubuntu } from './demo-host.js';
import type { DemoHost, DemoPorts } from './demo-host.js';

/** The host whose certificate has ended, which the job of last night was held up by. */
export const expiredHost = 'cache-2.ams.example.org';
const expiredHours = 27;

const numbers = [1, 2, 3, 4, 5, 6] as const;

export function applicationHosts(ports: DemoPorts): DemoHost[] {
  return numbers.map((number) => {
    const octet = 20 + number;
    return demoHost(`app-${number}.${number % 2 === 0 ? 'ams' : 'fra'}`, octet, {
      ...{ group: 'Apps', system: ubuntu, runSeconds: 240 },
      packages: ['openssl', 'libssl3', 'curl', 'tzdata', 'vim-common'],
      // The canary of the job that is under way.
      ...(number === 1 && { pending: [] }),
      services: { 'orders-api': true },
      fronts: [{ kind: 'http', service: 'orders-api', text: 'ready' }],
      checks: [
        {
          input: { check_type: 'service', name: 'Orders API runs', service_name: 'orders-api' },
          ...{ latencyMs: 13, outages: [restartOf(octet)] },
        },
        {
          input: {
            ...{ check_type: 'http', name: 'Orders API is ready', expected_body: 'ready' },
            url: `http://127.77.0.${octet}:${ports.http}/ready`,
          },
          ...{ latencyMs: 21 + number, outages: [restartOf(octet)] },
        },
      ],
    });
  });
}

export const databaseHosts = (ports: DemoPorts): DemoHost[] => [
  ...['db-1.fra', 'db-2.fra', 'db-3.ams', 'db-4.ams'].map((name, index) =>
    postgresHost(name, 31 + index, ports),
  ),
  ...['cache-1.fra', 'cache-2.ams'].map((name, index) => redisHost(name, 35 + index, ports)),
];

const postgresHost = (name: string, octet: number, ports: DemoPorts): DemoHost =>
  demoHost(name, octet, {
    group: 'Databases',
    packages: ['postgresql-15', 'openssl', 'libssl3', 'linux-image-amd64', 'tzdata'],
    pendingReboot: octet === 32,
    services: { postgresql: true },
    fronts: [{ kind: 'tcp', service: 'postgresql' }],
    checks: [
      {
        input: { check_type: 'service', name: 'PostgreSQL runs', service_name: 'postgresql' },
        ...{ latencyMs: 14, outages: [restartOf(octet)] },
      },
      {
        input: {
          ...{ check_type: 'tcp', name: 'PostgreSQL takes connections' },
          ...{ target_host: `127.77.0.${octet}`, target_port: ports.tcp },
        },
        ...{ latencyMs: 2, outages: [restartOf(octet)] },
      },
    ],
  });

function redisHost(name: string, octet: number, ports: DemoPorts): DemoHost {
  const isExpired = `${name}.example.org` === expiredHost;
  const expired = {
    from: expiredHours,
    to: 0,
    reason: 'cert',
    detail: 'the certificate has expired',
  } as const;
  return demoHost(name, octet, {
    group: 'Databases',
    packages: ['redis-server', 'openssl', 'libssl3', 'sudo', 'tzdata'],
    services: { 'redis-server': true },
    fronts: [{ kind: 'tls', service: 'redis-server', ...(isExpired && { endsInHours: -expiredHours }) }],
    checks: [
      {
        input: { check_type: 'service', name: 'Redis runs', service_name: 'redis-server' },
        ...{ latencyMs: 12, outages: [restartOf(octet)] },
      },
      {
        input: {
          ...{ check_type: 'tcp', name: 'Redis with TLS', use_tls: true },
          ...{ target_host: `127.77.0.${octet}`, target_port: ports.tls },
        },
        ...{ latencyMs: 7, outages: [restartOf(octet), ...(isExpired ? [expired] : [])] },
      },
    ],
  });
}
