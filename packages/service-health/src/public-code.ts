const CODE = /^[A-Za-z0-9_]{1,64}$/;
const MAX_CAUSES = 5;

/**
 * Names an error without telling its message, which may hold addresses, SQL or credentials: the first `code` of it
 * or of its causes that looks like one (`ECONNREFUSED`, SQLSTATE `57P03`), else its class, else `error`.
 */
export function publicCode(error: unknown): string {
  let current: unknown = error;
  for (let depth = 0; depth <= MAX_CAUSES && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && CODE.test(current.code)) return current.code;
    current = current.cause;
  }
  return error instanceof Error && error.name !== 'Error' && CODE.test(error.name) ? error.name : 'error';
}

/** The reason as it may be shown to anybody: itself when it is a code, else `unspecified`. */
export function publicReason(reason: string | undefined): string {
  return reason !== undefined && CODE.test(reason) ? reason : 'unspecified';
}
