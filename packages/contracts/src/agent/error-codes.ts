/** What our agent answers when it refuses, with the status it does so under. */
export const agentErrorCodes = {
  VALIDATION_ERROR: 400,
  INVALID_SERVICE_NAME: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SERVICE_NOT_FOUND: 404,
  PKG_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  TOO_LATE: 408,
  RUN_CONFLICT: 409,
  TOO_LATE_TO_CANCEL: 409,
  REBOOT_BLOCKED: 409,
  RUN_CANCELLED: 410,
  STALE_FENCE: 412,
  BODY_TOO_LARGE: 413,
  HOST_BUSY: 423,
  TOO_MANY_REQUESTS: 429,
  SYSTEM_INFO_ERROR: 500,
  SERVICE_STATUS_ERROR: 500,
  PKG_MANAGER_ERROR: 500,
  JOURNAL_ERROR: 500,
} as const;
export type AgentErrorCode = keyof typeof agentErrorCodes;
