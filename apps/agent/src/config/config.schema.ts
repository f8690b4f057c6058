import { runReport } from '@patchgate/contracts/agent';
import { z } from 'zod';

import { primitives } from './primitives.js';

const { absolutePath, network, port } = primitives;

/** `/etc/patchgate-agent/agent.json`. */
export const agentConfig = z.strictObject({
  /** Given at the enrolment; the certificate carries it. */
  host_id: runReport.shape.run_id,
  /** Where the list of revoked certificates comes from. */
  manager_url: z.url({ protocol: /^https?$/, error: 'expected an http(s) address' }),
  listen: z
    .strictObject({ address: z.union([z.ipv4(), z.ipv6()]).default('0.0.0.0'), port: port.default(12_443) })
    .prefault({}),
  management: z
    .strictObject({ address: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'), port: port.default(8082) })
    .prefault({}),
  state_directory: absolutePath.default('/var/lib/patchgate-agent'),
  certificate_directory: absolutePath.default('/var/lib/patchgate-agent/certificates'),
  /** From where managers may connect; empty is nobody. */
  allow: z.array(network).max(100).default([]),
  /** For each peer address. */
  rate_limit: z
    .strictObject({
      reads_per_minute: z.int().min(1).max(100_000).default(600),
      writes_per_minute: z.int().min(1).max(100_000).default(60),
    })
    .prefault({}),
  /** Started without a shell. */
  reboot_command: z.array(z.string().min(1)).min(1).default(['systemctl', 'reboot']),
  /** How long a run waits for another program that holds the package database. */
  package_lock_timeout_seconds: z.int().min(0).max(86_400).default(600),
  log_level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});
export type AgentConfig = z.infer<typeof agentConfig>;
