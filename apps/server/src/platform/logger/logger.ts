import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger, LoggerOptions as PinoOptions } from 'pino';

/** Constant lower-case messages plus fields; `error` means that a person should look. */
export abstract class Logger {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

const warn = 40;

interface LoggerOptions {
  /** Gets the error of each line that warns or worse. */
  readonly onError?: (error: unknown) => void;
  /** Where the lines go: standard output unless given. */
  readonly destination?: DestinationStream;
}

export function createLogger(
  service: string,
  level: string,
  { onError, destination = pino.destination(1) }: LoggerOptions = {},
): PinoLogger {
  const options: PinoOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    // `cause` chains are kept; the client library's connection settings, which hold a password, are not.
    serializers: { err: pino.stdSerializers.errWithCause },
    hooks: {
      logMethod(line, method, severity) {
        const [fields] = line as unknown[];
        if (severity >= warn && typeof fields === 'object' && fields !== null && 'err' in fields) {
          onError?.(fields.err);
        }
        method.apply(this, line);
      },
    },
    redact: { paths: ['err.client', 'err.config', '*.password', '*.token'], remove: true },
  };
  return pino(options, destination);
}
