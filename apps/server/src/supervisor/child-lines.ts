/** What one line of a child's output asks for: pino writes JSON, a crash of Node writes plain text. */
export interface ChildLine {
  /** For the person at the terminal; undefined when the log file is enough. */
  readonly terminal?: string;
  /** A warning tells of a state, which is to be expected while a process comes up or goes down. */
  readonly isWarning?: boolean;
  /** The one-time set-up token; such a line is not kept in the log file. */
  readonly setupToken?: string;
  /** PEM: the authority behind the certificate the child shows. */
  readonly caCertificate?: string;
}

const warnLevel = 40;
const bookkeeping = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name', 'process']);

export function readChildLine(child: string, line: string): ChildLine {
  const record = parseRecord(line);
  if (record === undefined) return line.trim() === '' ? {} : { terminal: `${child}: ${line}` };
  if (typeof record.setup_token === 'string') return { setupToken: record.setup_token };
  if (typeof record.ca_certificate === 'string') return { caCertificate: record.ca_certificate };
  if (typeof record.level !== 'number' || record.level < warnLevel) return {};
  const fields = Object.entries(record)
    .filter(([name]) => !bookkeeping.has(name))
    .map(([name, value]) => `${name}=${summary(value)}`);
  const isWarning = record.level === warnLevel;
  const severity = isWarning ? 'warning' : 'error';
  return {
    isWarning,
    terminal: [`${child} ${severity}: ${summary(record.msg ?? null)}`, ...fields].join(' '),
  };
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // A line cut in half by a crash is still worth showing as it is.
    return undefined;
  }
}

/** An error's message says it; its stack stays in the log file. */
function summary(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return summary(value.message);
  return JSON.stringify(value);
}
