import type { HostPackage } from '@patchgate/contracts/agent';
import { packageName } from '@patchgate/contracts/agent';
import { z } from 'zod';

import { AgentRefusal } from '../http/agent-refusal.js';
import type { Route } from '../http/route.js';
import { parseInput, parseQuery } from '../http/route.js';
import { lookedFor } from '../packages/find-package-system.js';
import type { PackageSystem } from '../packages/package-system.port.js';
import type { AgentContext } from './agent-context.js';

const packageQuery = z.strictObject({
  /** A part of the name. */
  name: z.string().max(256).optional(),
  status: z.enum(['installed', 'upgradable']).optional(),
  upgradable: z.enum(['true', 'false']).optional(),
  sort: z.enum(['name', 'version', 'status']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});
type PackageQuery = z.infer<typeof packageQuery>;

export function packageRoutes(context: AgentContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/packages',
      reply: async ({ query }) => {
        const wanted = parseQuery(packageQuery, query);
        const packages = chosen(await systemOf(context).installed(), wanted);
        return { status: 200, data: { packages, total: packages.length } };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/packages/:name',
      reply: async ({ parameters }) => {
        const { name } = parseInput(z.object({ name: packageName }), parameters);
        const found = await systemOf(context).find(name);
        if (found === null)
          throw new AgentRefusal('PKG_NOT_FOUND', `no package ${name} is known on this host`);
        return { status: 200, data: found };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/patches',
      reply: async () => {
        const patches = await systemOf(context).patches();
        const data = {
          patches,
          total: patches.length,
          security_updates: patches.filter(({ security }) => security === true).length,
          requires_reboot: patches.some(({ requires_reboot }) => requires_reboot),
        };
        return { status: 200, data };
      },
    },
  ];
}

/** @throws AgentRefusal `PKG_MANAGER_ERROR` that says what was looked for */
function systemOf({ packages }: AgentContext): PackageSystem {
  if (packages !== null) return packages;
  throw new AgentRefusal(
    'PKG_MANAGER_ERROR',
    `no supported package manager on this host (looked for: ${lookedFor})`,
  );
}

function chosen(packages: readonly HostPackage[], query: PackageQuery): readonly HostPackage[] {
  const { name = '', status, upgradable, sort, order } = query;
  const sign = order === 'asc' ? 1 : -1;
  return packages
    .filter((one) => one.name.includes(name))
    .filter((one) => status !== 'upgradable' || one.upgradable)
    .filter((one) => upgradable === undefined || one.upgradable === (upgradable === 'true'))
    .toSorted((a, b) => sign * (a[sort] < b[sort] ? -1 : Number(a[sort] > b[sort])));
}
