import type { checkInput } from '@patchgate/contracts';
import type { ProbeReason } from '@patchgate/domain';
import type { z } from 'zod';
import type { PackageName } from './demo-packages.js';

/** The ports at which every simulated host has the same: their addresses are different ones. */
export interface DemoPorts {
  readonly agent: number;
  readonly http: number;
  readonly fastcgi: number;
  readonly tcp: number;
  readonly tls: number;
}

/** A time in which a check failed, in hours before the present; one that ends at 0 still does. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly reason: ProbeReason;
  readonly detail: string;
}

export interface DemoCheck {
  readonly input: z.input<typeof checkInput>;
  readonly latencyMs: number;
  readonly outages: readonly Outage[];
}

/** What a service shows to the network; see `FrontPlan` of the simulator. */
export interface DemoFront {
  readonly kind: 'http' | 'fastcgi' | 'tcp' | 'tls';
  readonly service: string;
  readonly needs?: readonly string[];
  readonly text?: string;
  readonly status?: number;
  readonly basic_auth?: string;
  /** In hours from the present; behind it when the certificate has ended. */
  readonly endsInHours?: number;
}

export interface DemoHost {
  readonly fqdn: string;
  readonly address: string;
  readonly group: DemoGroupName;
  readonly system: { readonly os: string; readonly os_version: string; readonly kernel: string };
  readonly services: Readonly<Record<string, boolean>>;
  readonly fronts: readonly DemoFront[];
  readonly checks: readonly DemoCheck[];
  readonly pending: readonly PackageName[];
  /** What the host is patched with; jobs take what of it there was. */
  readonly packages: readonly PackageName[];
  readonly upDays: number;
  readonly pendingReboot: boolean;
  readonly isAgentDown: boolean;
  readonly runSeconds: number;
}

export const demoGroups = {
  Web: 'Shop front ends behind lb-1 and lb-2',
  Apps: 'Order and stock services',
  Databases: 'PostgreSQL and Redis',
  Edge: 'Load balancers, mail, git, monitoring',
} as const;
export type DemoGroupName = keyof typeof demoGroups;

const debian = { os: 'Debian', os_version: '12', kernel: '6.1.0-37-amd64' };
export const ubuntu = { os: 'Ubuntu', os_version: '24.04', kernel: '6.8.0-64-generic' };

/** @param octet the last of its address of loopback */
export const demoHost = (
  name: string,
  octet: number,
  rest: Pick<DemoHost, 'group' | 'packages'> & Partial<DemoHost>,
): DemoHost => ({
  ...{ fqdn: `${name}.example.org`, address: `127.77.0.${octet}`, system: debian },
  ...{ services: {}, fronts: [], checks: [], pending: rest.packages },
  ...{ upDays: 12 + (octet % 30), pendingReboot: false, isAgentDown: false, runSeconds: 7 },
  ...rest,
});

/** A short time in which everything of a host was away, as when it restarts; another one for each host. */
export const restartOf = (octet: number): Outage => {
  const from = 50 + ((octet * 7) % 40);
  return { from, to: from - 0.2, reason: 'connect', detail: 'connection refused' };
};
