import type { INestApplicationContext } from '@nestjs/common';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { CONFIG } from '../config/config.token.js';
import type { Config } from '../config/config.schema.js';
import { EnrollmentTokenService } from '../features/enrolment/enrollment-token.service.js';
import { EnrollmentTokensModule } from '../features/enrolment/enrollment-tokens.module.js';
import { installCommand } from '../features/enrolment/install-command.js';
import { managerUrl } from '../features/enrolment/manager-url.js';
import { AppError } from '../platform/app-error.js';
import type { Actor } from '../platform/database/audit-chain.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';

const usage = 'usage: patchgate agent token create [--group NAME]\n';

/** Whoever can run this on the server owns the installation already; the trail names the console. */
const console: Actor = { id: null, name: 'console', sourceAddress: null };

/** `patchgate agent token create`: 0 with the token and the command, 1 refused with the reason, 2 for bad words. */
export const agent: Command = async ({ env, stdout, stderr }, args) => {
  const words = readWords(args);
  if (words === null) {
    stderr.write(usage);
    return 2;
  }
  try {
    stdout.write(
      `${await onDatabase(env, EnrollmentTokensModule, (app) => createToken(app, words.group))}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    stderr.write(`${error.message}\n`);
    return 1;
  }
};

async function createToken(app: INestApplicationContext, group: string | undefined): Promise<string> {
  const tokens = app.get(EnrollmentTokenService);
  const { token } =
    group === undefined
      ? await tokens.create(console, null)
      : await tokens.createForGroupNamed(console, group);
  const command = await installCommand(managerUrl(app.get<Config>(CONFIG), hostname()), token);
  const paste = command ?? 'the files of the agent are not part of this build: enrol with the token by hand';
  return `${token}\n\nGood for one host and for 30 minutes. Paste into a shell of the host:\n\n${paste}`;
}

function readWords(args: readonly string[]): { group: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { group: { type: 'string' } },
    });
    return positionals.join(' ') === 'token create' ? { group: values.group } : null;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
