/** Why a check is as it is; `ok` is the only healthy one. */
export const probeReasons = [
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
] as const;

export type ProbeReason = (typeof probeReasons)[number];
