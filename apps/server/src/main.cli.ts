import type { Command } from './cli/command.js';
import { ConfigError } from './config/config-error.js';

/** Loaded when asked for: `patchgate wait` must not pay for the database driver. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./cli/start.command.js')).start,
  wait: async () => (await import('./cli/wait.command.js')).wait,
  api: async () => (await import('./cli/api.command.js')).api,
  worker: async () => (await import('./cli/worker.command.js')).worker,
  'demo-data': async () => (await import('./cli/demo-data.command.js')).demoData,
  migrate: async () => (await import('./cli/migrate.command.js')).migrateDatabase,
  admin: async () => (await import('./cli/admin.command.js')).admin,
  agent: async () => (await import('./cli/agent.command.js')).agent,
  secrets: async () => (await import('./cli/secrets.command.js')).secrets,
  settings: async () => (await import('./cli/settings.command.js')).settings,
  audit: async () => (await import('./cli/audit.command.js')).audit,
};

async function run(name: string | undefined, args: readonly string[]): Promise<number> {
  const load = name === undefined ? undefined : commands[name];
  if (load === undefined) {
    process.stderr.write(`usage: patchgate ${Object.keys(commands).join('|')}\n`);
    return 2;
  }
  const command = await load();
  return await command(process, args);
}

try {
  const [name, ...args] = process.argv.slice(2);
  process.exitCode = await run(name, args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? ConfigError.exitCode : 1;
}
// Sockets that linger, such as the channel to the process that started us, must not keep a finished command alive.
process.exit();
