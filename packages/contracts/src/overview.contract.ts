import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { instant } from './primitives.schema.js';

const count = z.int().min(0);

/** Counts over the hosts the caller can see; each number has a filtered list behind it. */
export const overview = z
  .object({
    at: instant,
    hosts: z.object({
      total: count,
      healthy: count,
      unhealthy: count,
      unknown: count,
      none: count,
    }),
    agents: z.object({ not_enrolled: count, connected: count, unreachable: count, refused: count }),
    security_patches: z.object({ hosts: count, patches: count }),
    groups: count,
  })
  .meta({ id: 'Overview' });
export type OverviewView = z.infer<typeof overview>;

export const overviewEndpoints = {
  get: endpoint({
    method: 'GET',
    path: '/overview',
    summary: 'The state of the fleet in numbers',
    access: 'viewer',
    response: overview,
    status: 200,
    example: {
      response: {
        at: '2026-03-26T01:47:12.000Z',
        hosts: { total: 1248, healthy: 1171, unhealthy: 31, unknown: 18, none: 28 },
        agents: { not_enrolled: 2, connected: 1242, unreachable: 4, refused: 0 },
        security_patches: { hosts: 412, patches: 3120 },
        groups: 14,
      },
    },
  }),
};
