import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

/** Constant lower-case messages plus fields; `error` means that a person should look. */
export abstract class Logger {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

export function createLogger(service: string, level: string): PinoLogger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    // `cause` chains are kept; the client library's connection settings, which hold a password, are not.
    serializers: { err: pino.stdSerializers.errWithCause },
    redact: { paths: ['err.client', 'err.config', '*.password', '*.token'], remove: true },
  });
}
