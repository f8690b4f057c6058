import type { AuditEntryView } from '@patchgate/contracts';

const columns = [
  'seq',
  'at',
  'actor_name',
  'source_address',
  'action',
  'object_type',
  'object_id',
  'outcome',
] as const;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export function toCsv(entries: readonly AuditEntryView[]): string {
  const lines = entries.map((entry) =>
    [...columns.map((column) => String(entry[column] ?? '')), JSON.stringify(entry.details)]
      .map(field)
      .join(','),
  );
  return `\uFEFF${[[...columns, 'details'].join(','), ...lines].join('\r\n')}\r\n`;
}

// A spreadsheet runs a cell that begins like a formula, and part of this text was chosen by whoever knocked.
function field(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
