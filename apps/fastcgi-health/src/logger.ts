import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** JSON lines on standard output; constant messages plus fields, never a secret. */
export function createLogger(level: string): Logger {
  const destination = pino.destination({ dest: 1, sync: true });
  // A full disk below the log is no reason to end: what asks us for health would take it for the destination's.
  destination.on('error', () => undefined);
  return pino(
    {
      level,
      base: { service: 'fastcgi-health' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: pino.stdSerializers.errWithCause },
    },
    destination,
  );
}
