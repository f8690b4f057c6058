import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { id, nothing } from './primitives.schema.js';

/** Something wrong with a simulated host that whoever looks at the demo can put right. */
export const demoFault = z.object({
  host_id: id,
  fqdn: z.string(),
  /** The service that somebody has stopped. */
  service: z.string(),
  is_repaired: z.boolean(),
});
export type DemoFaultView = z.infer<typeof demoFault>;

const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c11';

/**
 * What only `patchgate start --demo` serves: these are no operations of a real installation, have no place in its table
 * and its document, and are a 404 there.
 */
export const demoEndpoints = {
  faults: endpoint({
    method: 'GET',
    path: '/demo/faults',
    summary: 'What is wrong with simulated hosts and can be put right',
    access: 'viewer',
    response: z.object({ items: z.array(demoFault) }),
    status: 200,
    example: {
      response: {
        items: [
          { host_id: hostId, fqdn: 'web-3.fra.example.org', service: 'php8.2-fpm', is_repaired: false },
        ],
      },
    },
  }),
  repair: endpoint({
    method: 'POST',
    path: '/demo/hosts/:id/repair',
    summary: 'Starts what was stopped on a simulated host',
    access: 'operator',
    params: z.strictObject({ id }),
    response: nothing,
    status: 202,
    errors: ['not_found'],
    example: { response: {} },
  }),
};
