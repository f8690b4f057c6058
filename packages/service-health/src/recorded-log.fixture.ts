import type { Log } from './log.port.js';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  fields: object;
  message: string;
}

/** A log that keeps its lines for a test to read. */
export class RecordedLog implements Log {
  readonly lines: LogLine[] = [];

  info(fields: object, message: string): void {
    this.lines.push({ level: 'info', fields, message });
  }

  warn(fields: object, message: string): void {
    this.lines.push({ level: 'warn', fields, message });
  }

  error(fields: object, message: string): void {
    this.lines.push({ level: 'error', fields, message });
  }

  /** The lines since the last call, as `level message`. */
  take(): string[] {
    return this.lines.splice(0).map(({ level, message }) => `${level} ${message}`);
  }
}
