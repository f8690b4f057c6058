/** Every code an answer can carry, with its HTTP status. The set is closed: clients may switch over it. */
export const errorStatus = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  group_exists: 409,
  health_check_limit: 409,
  host_busy: 409,
  host_exists: 409,
  host_in_run: 409,
  job_ended: 409,
  last_admin: 409,
  no_agent: 409,
  no_window: 409,
  nothing_to_retry: 409,
  run_ended: 409,
  run_not_indeterminate: 409,
  run_started: 409,
  secret_unreadable: 409,
  setup_done: 409,
  user_exists: 409,
  window_closed: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  headers_too_large: 431,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];
