import { z } from 'zod';
import { fqdn, port } from './host.contract.js';
import { id, instant, line } from './primitives.schema.js';

export const checkType = z.enum(['service', 'http', 'tcp', 'fastcgi']);

/** The closed set of reasons; `packages/domain` says what each means for the gate. */
export const probeReason = z.enum([
  'ok',
  'timeout',
  'dns',
  'blocked',
  'connect',
  'tls',
  'cert',
  'http',
  'status',
  'no_match',
  'no_match_in_cap',
  'body',
  'not_fastcgi',
  'bad_answer',
  'pool_busy',
  'agent_unreachable',
  'agent_refused_us',
  'service_unknown',
  'service_name_invalid',
  'service_unhealthy',
  'agent_error',
  'secret_unreadable',
]);

const latency = z.int().min(0);
const detail = z.string().max(500);

export const checkResult = z
  .object({
    healthy: z.boolean(),
    reason: probeReason,
    detail,
    latency_ms: latency,
    checked_at: instant,
  })
  .meta({ id: 'HealthCheckResult' });

/** What only the history has: whether the worker doubted itself when it measured. */
export const storedResult = checkResult
  .extend({ suspect: z.boolean() })
  .meta({ id: 'StoredHealthCheckResult' });
export type StoredResultView = z.infer<typeof storedResult>;

const milliseconds = z.number().min(0).optional();

export const testResult = checkResult
  .extend({
    /** Milliseconds of each phase that was reached. */
    phases: z.object({
      dns: milliseconds,
      connect: milliseconds,
      tls: milliseconds,
      first_byte: milliseconds,
      body: milliseconds,
    }),
    address: z.string().nullable(),
    certificate: z
      .object({
        problem: z.string().nullable(),
        subject: z.string(),
        issuer: z.string(),
        valid_to: z.string(),
        fingerprint: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'HealthCheckTestResult' });
export type TestResultView = z.infer<typeof testResult>;

export const healthCheck = z
  .object({
    id,
    host_id: id,
    name: z.string(),
    check_type: checkType,
    enabled: z.boolean(),
    service_name: z.string().optional(),
    url: z.string().optional(),
    expected_body: z.string().optional(),
    ignore_cert_errors: z.boolean(),
    basic_auth_user: z.string().nullable().optional(),
    has_basic_auth_pass: z.boolean(),
    target_host: z.string().optional(),
    target_port: port.optional(),
    use_tls: z.boolean().optional(),
    use_client_cert: z.boolean().optional(),
    script_path: z.string().optional(),
    revision: z.int().min(1),
    status: z.enum(['healthy', 'unhealthy', 'unknown']),
    /** Since when the status is what it is. */
    since: instant,
    last_result: checkResult.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'HealthCheck' });
export type HealthCheckView = z.infer<typeof healthCheck>;

/** The pace of this installation: a result speaks for two intervals and the time a check may take. */
export const pollingRules = {
  poll_interval_seconds: z.int().min(1),
  check_timeout_ms: z.int().min(1),
};

const common = { name: line(100), enabled: z.boolean().optional() };

/** The unit of systemd as its agent takes it: no path, no option. */
const serviceName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(
    /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9_.@+-]*$/,
    'expected the name of a service such as nginx or php8.2-fpm.service',
  );

/** Text to look for: anything but what PostgreSQL or a terminal cannot hold. */
const expectedText = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cs}\u0000]*$/u, 'must be text');

const httpUrl = z
  .string()
  .trim()
  .max(2000)
  .superRefine((value, context) => {
    const problem = urlProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

function urlProblem(value: string): string | null {
  const url = URL.parse(value);
  if (url === null || !/^https?:\/\//i.test(value)) {
    return 'expected an absolute URL such as https://shop.example.org/health';
  }
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a user or password: there are fields of their own for them';
  }
  return null;
}

/** A name, or a literal IPv4 or IPv6 address. */
const targetHost = z.union([fqdn, z.ipv4(), z.ipv6()], {
  error: 'expected a host name or an address such as 10.20.4.17',
});

// RFC 3986, 3.3: what a path is made of; anything else is percent-encoded.
const scriptPath = z
  .string()
  .max(200)
  .regex(/^\/[\w.~!$&'()*+,;=:@%/-]*$/, 'expected a path that begins with a slash, such as /fpm-ping');

const basicAuth = {
  // RFC 7617: the first colon ends the name.
  basic_auth_user: line(100)
    .regex(/^[^:]*$/, 'must not contain a colon')
    .nullable()
    .optional(),
  /** Left out: kept. Null: cleared. Never read back. */
  basic_auth_pass: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
    .nullable()
    .optional(),
};

const serviceCheck = z.strictObject({
  ...common,
  check_type: z.literal('service'),
  service_name: serviceName,
});
const httpCheck = z.strictObject({
  ...common,
  check_type: z.literal('http'),
  url: httpUrl,
  expected_body: expectedText,
  ignore_cert_errors: z.boolean().default(true),
  ...basicAuth,
});
const tcpCheck = z.strictObject({
  ...common,
  check_type: z.literal('tcp'),
  target_host: targetHost,
  target_port: port,
  use_tls: z.boolean().default(false),
  use_client_cert: z.boolean().default(false),
  ignore_cert_errors: z.boolean().default(false),
});
const fastcgiCheck = z.strictObject({
  ...common,
  check_type: z.literal('fastcgi'),
  target_host: targetHost,
  target_port: port.default(9000),
  script_path: scriptPath.default('/fpm-ping'),
  expected_body: expectedText.default('pong'),
});

/** What one field says of another. */
function assertConsistent(
  check: {
    check_type: string;
    use_tls?: boolean;
    use_client_cert?: boolean;
    basic_auth_user?: string | null | undefined;
    basic_auth_pass?: string | null | undefined;
  },
  context: z.core.$RefinementCtx,
): void {
  if (check.use_client_cert && !check.use_tls) {
    const message = 'a client certificate is presented with TLS only: set use_tls too';
    context.addIssue({ code: 'custom', path: ['use_client_cert'], message });
  }
  if (check.basic_auth_pass && !check.basic_auth_user) {
    context.addIssue({ code: 'custom', path: ['basic_auth_user'], message: 'a password needs its user' });
  }
}

/** Each type takes exactly its own fields. */
export const checkInput = z
  .discriminatedUnion('check_type', [serviceCheck, httpCheck, tcpCheck, fastcgiCheck])
  .superRefine(assertConsistent)
  .meta({ id: 'HealthCheckInput' });
export type CheckInput = z.output<typeof checkInput>;

/** Whose stored password to use, for the same origin only. */
const savedAs = { check_id: id.optional() };

/** A check that is tried before it is saved, or before a change of it is. */
export const unsavedCheckInput = z
  .discriminatedUnion('check_type', [
    serviceCheck.extend(savedAs),
    httpCheck.extend(savedAs),
    tcpCheck.extend(savedAs),
    fastcgiCheck.extend(savedAs),
  ])
  .superRefine(assertConsistent)
  .meta({ id: 'UnsavedHealthCheckInput' });
export type UnsavedCheckInput = z.output<typeof unsavedCheckInput>;
