import { AuditLogService } from '../features/audit/audit-log.service.js';
import { AuditModule } from '../features/audit/audit.module.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';

/** `patchgate audit verify`: 0 when the chain of the log is whole, 1 with the first entry that does not hold, 2 for bad words. */
export const audit: Command = async ({ env, stdout, stderr }, args) => {
  if (args.length !== 1 || args[0] !== 'verify') {
    stderr.write('usage: patchgate audit verify\n');
    return 2;
  }
  const { rows, first_invalid_seq: broken } = await onDatabase(env, AuditModule, (app) =>
    app.get(AuditLogService).verify(),
  );
  if (broken === null) {
    stdout.write(`the chain is whole, entries: ${rows}\n`);
    return 0;
  }
  stderr.write(`the chain is broken at entry ${broken}, entries: ${rows}\n`);
  return 1;
};
