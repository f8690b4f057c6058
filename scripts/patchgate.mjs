// `npm run patchgate -- COMMAND`: the command line of this clone, built when it has changed.
import path from 'node:path';
import { build } from './build.mjs';

const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');
await build(() => undefined);
process.argv = [process.execPath, cli, ...process.argv.slice(2)];
await import(cli);
