interface Failure {
  code?: unknown;
  constraint?: unknown;
  driverError?: unknown;
  message?: unknown;
}

const shape = (error: unknown): Failure => {
  const failure = (error ?? {}) as Failure;
  return (failure.driverError as Failure | undefined) ?? failure;
};

/** The name of the unique constraint an error reports (SQLSTATE 23505). */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = shape(error);
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}

/** The name of the foreign key an error reports (SQLSTATE 23503). */
export function violatedForeignKey(error: unknown): string | undefined {
  const { code, constraint } = shape(error);
  return code === '23503' && typeof constraint === 'string' ? constraint : undefined;
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
// The pool and the client report these without a code.
const lostMessages =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|not queryable/;

/**
 * Whether an error means that the database cannot be asked at the moment, not that the question was wrong.
 * Classes 08 and 57P, 53300 and 57014: PostgreSQL, "Appendix A. PostgreSQL Error Codes".
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = shape(error);
  if (typeof code === 'string') {
    return (
      networkCodes.has(code) ||
      /^(08|57P)/.test(code) ||
      code === '53300' ||
      code === '57014' ||
      code === '25P03'
    );
  }
  return typeof message === 'string' && lostMessages.test(message);
}
