import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** JSON lines on standard output, which systemd keeps; constant messages plus fields, never a secret. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: { service: 'agent' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: pino.stdSerializers.errWithCause },
    },
    pino.destination({ dest: 1, sync: true }),
  );
}
