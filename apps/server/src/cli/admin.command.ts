import type { INestApplicationContext } from '@nestjs/common';
import { userEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { parseArgs } from 'node:util';
import { AccountsModule } from '../features/accounts/accounts.module.js';
import { UserService } from '../features/accounts/user.service.js';
import { AppError } from '../platform/app-error.js';
import type { Actor } from '../platform/database/audit-chain.js';
import { parseInput } from '../platform/http/parse-input.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';
import { readPassword } from './read-password.js';

const usage = `usage: patchgate admin create --username NAME [--display-name TEXT]
       patchgate admin reset-password --username NAME
The password is read from standard input.
`;
const options = { username: { type: 'string' }, 'display-name': { type: 'string' } } as const;

/** Whoever can run this on the server owns the installation already; the trail names the console. */
const console: Actor = { id: null, name: 'console', sourceAddress: null };

type Creation = InputOf<typeof userEndpoints.create>;

interface Given {
  username: string;
  displayName: string;
  password: string;
}

/** The same contracts as a request's, so that the same words are refused for the same reasons. */
const actions: Readonly<Record<string, (users: UserService, given: Given) => Promise<string>>> = {
  create: async (users, { username, displayName, password }) => {
    const wanted = { username, display_name: displayName, role: 'admin', password };
    const { body } = parseInput(userEndpoints.create, { params: {}, query: {}, body: wanted }) as Creation;
    const person = await users.create(console, body);
    return `created the administrator ${person.username}`;
  },
  'reset-password': async (users, { username, password }) => {
    const { id } = await users.getByName(username.toLowerCase());
    parseInput(userEndpoints.resetPassword, { params: { id }, query: {}, body: { password } });
    await users.resetPassword(console, id, password);
    return `${username} has a new password, and all sessions of ${username} have ended`;
  },
};

/** `patchgate admin`: the way back in when nobody can sign in. 0 done, 1 refused with the reason, 2 for bad words. */
export const admin: Command = async (process, args) => {
  const words = readWords(args);
  if (words === null) {
    process.stderr.write(usage);
    return 2;
  }
  const password = await readPassword(process);
  if (password === undefined) {
    process.stderr.write('the two passwords differ; nothing was changed\n');
    return 1;
  }
  try {
    const act = (app: INestApplicationContext) =>
      words.action(app.get(UserService), { ...words.given, password });
    process.stdout.write(`${await onDatabase(process.env, AccountsModule, act)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reasons = error.issues?.map(({ path, message }) => `${path}: ${message}`) ?? [error.message];
    process.stderr.write(`${reasons.join('\n')}\n`);
    return 1;
  }
};

function readWords(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [name, ...rest] = positionals;
    const action = name === undefined ? undefined : actions[name];
    if (!action || rest.length > 0 || !values.username?.trim()) return null;
    const username = values.username.trim();
    return { action, given: { username, displayName: values['display-name'] ?? username } };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
