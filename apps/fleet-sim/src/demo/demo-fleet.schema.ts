import { z } from 'zod';

import { simulatedAgent } from '../agents/script.js';

const port = z.int().min(1).max(65_535);

/** What a service of a simulated host shows to the network, so that checks find what they would find on a real one. */
const front = z.strictObject({
  host_id: z.string(),
  address: z.string(),
  port,
  kind: z.enum(['http', 'fastcgi', 'tcp', 'tls']),
  /** Who listens: while this service is down, nothing does. */
  service: z.string(),
  /** Services behind it, without which a page is a 502. */
  needs: z.array(z.string()).default([]),
  /** What a page says. */
  text: z.string().default(''),
  /** What a page is answered with although all services run. */
  status: z.int().default(200),
  /** `user:password` that a page asks for. */
  basic_auth: z.string().optional(),
  /** When its certificate ends, for `tls`. */
  valid_to: z.iso.datetime().optional(),
});
export type FrontPlan = z.infer<typeof front>;

/** Everything that the demo simulates, as whoever laid it out has written it. */
export const demoFleet = z.strictObject({
  control_port: port,
  /** PEM that the manager's certificate must come from. */
  manager_authority: z.string(),
  agents: z.array(simulatedAgent).min(1),
  fronts: z.array(front),
});
export type DemoFleet = z.infer<typeof demoFleet>;
