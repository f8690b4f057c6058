import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

import { listening } from './listening.fixture.js';
import { ManualClock } from './manual-clock.fixture.js';
import { RecordedLog } from './recorded-log.fixture.js';
import { ScriptedCheck } from './scripted-check.fixture.js';
import { ServiceHealth } from './service-health.js';

interface Probe {
  httpGet: { path: string; port: string };
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

interface Container {
  ports: { name: string; containerPort: number }[];
  livenessProbe: Probe;
  readinessProbe: Probe;
}

interface Deployment {
  spec: { template: { spec: { containers: [Container] } } };
}

interface ScrapeConfig {
  scrape_configs: [{ metrics_path: string; static_configs: { targets: string[] }[] }];
}

interface AlertRules {
  groups: [{ rules: [{ expr: string }] }];
}

const page = readFileSync(join(import.meta.dirname, '../../../docs/operations/health-endpoints.md'), 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))].map(
    ([, block]) => block!,
  );
}

const [deployment, scrape, alerts] = blocks('yaml').map((block) => parse(block) as unknown) as [
  Deployment,
  ScrapeConfig,
  AlertRules,
];
const container = deployment.spec.template.spec.containers[0];

let health: ServiceHealth;
let database: ScriptedCheck;
let tick: ScriptedCheck;
let clock: ManualClock;
let url: string;

beforeEach(async () => {
  clock = new ManualClock();
  health = new ServiceHealth({ clock, log: new RecordedLog() });
  database = new ScriptedCheck('database');
  tick = new ScriptedCheck('tick', { scope: 'process' });
  health.registry.add(database.definition);
  health.registry.add(tick.definition);
  await health.refresh();
  health.serving();
  ({ url } = await listening(health));
});

/** What the kubelet would see. */
async function probe({ httpGet }: Probe): Promise<number> {
  return (await fetch(url + httpGet.path)).status;
}

test.each([
  ['livenessProbe', '/live', [30, 10, 5, 3]],
  ['readinessProbe', '/ready', [10, 5, 3, 2]],
] as const)('the %s of the Kubernetes example asks %s on the management port', (name, path, times) => {
  const { httpGet, ...rest } = container[name];
  expect(httpGet).toEqual({ path, port: 'management' });
  expect(container.ports).toContainEqual({ name: 'management', containerPort: 8080 });
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = rest;
  expect([initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold]).toEqual(times);
});

test('the Kubernetes probes take a process without its database out of service and do not restart it', async () => {
  const { livenessProbe, readinessProbe } = container;
  expect([await probe(readinessProbe), await probe(livenessProbe)]).toEqual([200, 200]);
  database.next = new Error('down');
  await health.refresh();
  await health.refresh();
  expect([await probe(readinessProbe), await probe(livenessProbe)]).toEqual([503, 200]);
});

test('the Kubernetes probes restart a process whose tick is dead', async () => {
  clock.advance(31_000);
  tick.next = { status: 'unhealthy', reason: 'stopped' };
  await health.refresh();
  expect(await probe(container.livenessProbe)).toBe(503);
});

test('the Prometheus example scrapes the path and the ports that exist, and its alert a metric that does', async () => {
  const [job] = scrape.scrape_configs;
  const targets = job.static_configs.flatMap((config) => config.targets);
  expect(targets.map((target) => target.split(':')[1])).toEqual(['8080', '8081']);
  const response = await fetch(url + job.metrics_path);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const [metric] = alerts.groups[0].rules[0].expr.split(' ');
  expect(await response.text()).toContain(`\n${metric!}{check="database"} 1\n`);
});

test('the example body has the fields of the real one', async () => {
  const [example] = blocks('json').map((block) => JSON.parse(block) as object);
  const body = (await (await fetch(`${url}/health`)).json()) as object;
  expect(Object.keys(example!)).toEqual(Object.keys(body));
});
