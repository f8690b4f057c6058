import { z } from 'zod';

const patch = z.object({
  name: z.string(),
  current_version: z.string(),
  available_version: z.string(),
  security: z.boolean().default(false),
  requires_reboot: z.boolean().default(false),
});

/** Answers that no agent should give. */
export const badAnswers = [
  ...['not_json', 'empty', 'huge', 'drip', 'truncated', 'no_envelope', 'wrong_shape', 'hang', 'hang_up'],
  ...[
    'endless_headers',
    'redirect',
    'switch_protocols',
    'two_answers',
    'plain_500',
    'null_data',
    'wrong_length',
  ],
] as const;

/** How a simulated host behaves. */
const behaviour = z.strictObject({
  /** Names of services, and whether they are well; others do not exist. */
  services: z.record(z.string(), z.boolean()),
  patches: z.array(patch),
  /** Added to every answer. */
  latency_ms: z.int().min(0),
  /** How long a package transaction takes. */
  run_ms: z.int().min(0),
  /** Says meanwhile what apt would say, package by package. */
  tells_steps: z.boolean(),
  run_fails: z.boolean(),
  /** How long an order waits before its package transaction begins; it can be cancelled meanwhile. */
  start_ms: z.int().min(0),
  /** Services that are broken once packages were changed. */
  breaks_services: z.array(z.string()),
  /** How long the agent still answers once the host was told to restart. */
  shutdown_ms: z.int().min(0),
  /** How long the host is away when it reboots. */
  reboot_ms: z.int().min(0),
  /** Takes the order to restart, and goes on as it is. */
  ignores_reboots: z.boolean(),
  /** Acts on the next order, and drops the connection in place of the answer. */
  loses_next_reply: z.boolean(),
  /** Drops the connection before it has read the next order. */
  loses_next_order: z.boolean(),
  queue_full: z.boolean(),
  /** Answers every order with this; what it has taken already goes on. */
  refuses_orders: z.object({ status: z.int(), code: z.string(), retryable: z.boolean() }).nullable(),
  /** An agent of ours that is broken: the same order again is another transaction. */
  forgets_orders: z.boolean(),
  /** Somebody else's work is under way at a public agent. */
  has_foreign_job: z.boolean(),
  /** Answers every question with this. */
  bad_answer: z.enum(badAnswers).nullable(),
  /** Takes no connections. */
  is_down: z.boolean(),
  /** Requests a minute; the public agent counts all of them. */
  rate_limit: z.int().min(1).nullable(),
});
export type Behaviour = z.infer<typeof behaviour>;

/** What changes from now on; what is not named stays as it is. */
const script = behaviour.partial();
export type Script = z.infer<typeof script>;

/** Certificates that no manager may accept. */
const badCertificates = [
  ...['expired', 'not_yet_valid', 'other_host', 'no_names', 'common_name_only', 'address_only', 'name_only'],
  ...['unknown_authority', 'self_signed', 'for_clients', 'manager_role', 'hidden_in_name', 'signed_by_leaf'],
  ...['for_code', 'tls_1_2', 'id_in_upper_case'],
] as const;
export type BadCertificate = (typeof badCertificates)[number];

export const simulatedAgent = z.strictObject({
  host_id: z.string(),
  hostname: z.string().default('host.example.org'),
  system: z
    .object({ os: z.string(), os_version: z.string(), kernel: z.string() })
    .default({ os: 'Debian GNU/Linux', os_version: '12', kernel: '6.1.0-28-amd64' }),
  up_for_ms: z.int().min(0).default(86_400_000),
  pending_reboot: z.boolean().default(false),
  /** A loopback address; thousands share a port by having one each. */
  address: z.string().default('127.0.0.1'),
  port: z.int().min(0).default(0),
  dialect: z.enum(['ours', 'public']).default('ours'),
  /** PEM from the manager; without it the simulator is its own authority. */
  pair: z.object({ cert: z.string(), key: z.string() }).optional(),
  bad_certificate: z.enum(badCertificates).optional(),
  script: script.default({}),
});
export type SimulatedAgent = z.infer<typeof simulatedAgent>;

/** One line on standard input each. */
export const command = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('start'),
    agents: z.array(simulatedAgent).min(1),
    /** PEM that the manager's certificate must come from. */
    manager_authority: z.string().optional(),
  }),
  z.strictObject({ command: z.literal('script'), host_id: z.string(), script }),
  /** The agent ends and begins again, as after a crash: its journal is there, or it is lost. */
  z.strictObject({ command: z.literal('restart'), host_id: z.string(), loses_journal: z.boolean() }),
  z.strictObject({ command: z.literal('stop'), host_id: z.string() }),
]);
export type Command = z.infer<typeof command>;
