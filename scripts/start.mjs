// `npm start`, on the Node that bootstrap.mjs chose: build what changed, then be `patchgate start`.
import path from 'node:path';
import { build } from './build.mjs';

const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');
// Nothing is started yet that has to be stopped in order: a Ctrl-C simply ends us and, with us, the compilers.
const giveUp = () => process.exit(1);
process.on('disconnect', giveUp);
try {
  await build((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.off('disconnect', giveUp);
// From here the command line listens to signals and to the closing of the channel.
process.argv = [process.execPath, cli, 'start', ...process.argv.slice(2)];
await import(cli);
