import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Lets the framework's own messages through our logger, one level quieter: they are about its start. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context, text: message }, 'framework');
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context, text: message }, 'framework');
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ err: message, context: rest.at(-1) }, 'framework');
  }
}
