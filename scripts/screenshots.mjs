// `npm run screenshots`: pictures of every page in each of its states, wide, narrow and dark, in .cache/screenshots, and those
// of docs/walk-through.md by the test that follows it, and of the README from the demo, in docs/pictures. `npm run screenshots
// readme` takes the latter alone.
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { root, runTool, tool } from './run-tool.mjs';

process.on('disconnect', () => process.exit(1));
const say = (/** @type {string} */ line) => console.log(line);

await build(say);
const browser = await findBrowser(path.join(root, '.cache'), say);
const { code } = await runTool(
  [
    tool('@playwright/test/cli.js'),
    'test',
    '--config',
    'playwright.pictures.config.ts',
    ...process.argv.slice(2),
  ],
  {
    isShown: true,
    environment: {
      ...browser.environment,
      PATCHGATE_BROWSER: browser.path,
      PATCHGATE_BROWSER_ARGS: browser.args.join(' '),
    },
  },
);
if (code === 0) say('pictures: .cache/screenshots, and docs/pictures for the README and the walk-through');
process.exit(code ?? 1);
