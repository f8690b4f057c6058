/** The management port cannot be bound: without it nobody sees the process's health, so the process must end. */
export class ManagementBindError extends Error {
  override readonly name = 'ManagementBindError';

  constructor(
    readonly host: string,
    readonly port: number,
    /** `EADDRINUSE`, `EACCES`, … */
    readonly code: string,
    cause: unknown,
  ) {
    super(`the management listener cannot bind ${host}:${port}: ${code}`, { cause });
  }
}
