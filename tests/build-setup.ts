import { build } from '../scripts/build.mjs';

/** The tests of whole processes run what a person runs: the compiled program. */
export async function setup(): Promise<void> {
  await build((line) => process.stdout.write(`${line}\n`));
}
