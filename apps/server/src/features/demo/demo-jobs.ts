import type { JobRequest } from '@patchgate/contracts';
import { jobRequest } from '@patchgate/contracts';
import type { z } from 'zod';
import type { DemoHost } from './demo-host.js';
import { packageChange } from './demo-packages.js';
import { heldUpRun, succeededRun } from './finished-run.js';
import type { FinishedRun } from './finished-run.js';
import { expiredHost } from './inner-hosts.js';
import type { LaidOutCheck } from './measured-past.js';
import { waitingHost } from './web-hosts.js';

export interface LaidOutHost extends DemoHost {
  readonly id: string;
  readonly checks: readonly LaidOutCheck[];
}

/** A job of the demo: when it was ordered, and what has become of its hosts. */
export interface DemoJob {
  readonly agoMs: number;
  readonly by: 'demo' | 'omar';
  readonly request: JobRequest;
  /** Undefined for a host that is still the workers' to see to. */
  readonly finish: (host: LaidOutHost, run: { runId: string; at: Date }) => FinishedRun | undefined;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export function demoJobs(hosts: readonly LaidOutHost[]): DemoJob[] {
  const idsOf = (group: DemoHost['group']) =>
    hosts.filter((host) => host.group === group).map(({ id }) => id);
  const order = (request: z.input<typeof jobRequest>) => jobRequest.parse(request);
  return [
    {
      ...{ agoMs: 74 * hourMs, by: 'omar' },
      request: order({
        ...{
          name: 'Last week: security on web servers',
          host_ids: idsOf('Web'),
          selection: 'security',
        },
        ...{ schedule: 'now', canary: 1, deadline_minutes: 180 },
      }),
      finish: (host, run) => succeeded(host, run, 'last'),
    },
    {
      ...{ agoMs: 20 * hourMs, by: 'demo' },
      request: order({
        ...{ name: 'Databases and caches', host_ids: idsOf('Databases'), selection: 'security' },
        ...{ schedule: 'now', canary: 1, batch_size: 2, deadline_minutes: 120, max_failures: 1 },
      }),
      finish: (host, run) =>
        host.fqdn === expiredHost ? heldUp(host, run, 100) : succeeded(host, run, 'last'),
    },
    {
      ...{ agoMs: 14 * minuteMs, by: 'demo' },
      request: order({
        ...{ name: 'Security patches, web servers', host_ids: idsOf('Web'), selection: 'security' },
        ...{ schedule: 'window', canary: 1, batch_size: 3 },
      }),
      finish: (host, run) => (host.fqdn === waitingHost ? undefined : succeeded(host, run, 'today')),
    },
    {
      ...{ agoMs: 9 * minuteMs, by: 'omar' },
      request: order({
        ...{ name: 'All patches, order services', host_ids: idsOf('Apps'), selection: 'all' },
        ...{ schedule: 'now', canary: 1, batch_size: 2, max_in_flight: 2, deadline_minutes: 480 },
      }),
      finish: (host, run) => (host.pending.length === 0 ? succeeded(host, run, 'today') : undefined),
    },
  ];
}

function succeeded(host: LaidOutHost, run: { runId: string; at: Date }, job: 'last' | 'today'): FinishedRun {
  const checks = host.checks.map(({ id, input, latencyMs }) => ({ id, name: input.name, latencyMs }));
  const packages = host.packages.filter((name) => job === 'last' || !host.pending.includes(name));
  return succeededRun({ ...run, checks, packages: packages.map((name) => packageChange(name, job)) });
}

function heldUp(host: LaidOutHost, run: { runId: string; at: Date }, minutes: number): FinishedRun {
  const checks = host.checks.map(({ id, input, latencyMs, outages }) => {
    const failure = outages.find(({ to }) => to === 0);
    return { id, name: input.name, latencyMs, ...(failure && { failure }) };
  });
  return heldUpRun({ ...run, checks, packages: [] }, new Date(run.at.getTime() + minutes * minuteMs));
}
