// A Chromium for the browser tests: the one inside a registry package, else the system's, else apt's.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ path: string, args: string[], environment: Record<string, string> }} Browser */

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
// The package's own list is for another purpose and switches web security off, which our tests are about.
const packagedArgs = ['--headless=shell', '--disable-gpu', '--no-zygote'];

/**
 * @param {string} cache where a browser may be unpacked
 * @param {(line: string) => void} say
 * @returns {Promise<Browser>}
 */
export async function findBrowser(cache, say) {
  // A browser without a window costs a third less per page than a whole one that hides it.
  const packaged = await unpackBrowser(path.join(cache, 'chromium'));
  if (await canRun(packaged)) return packaged;
  const system = await systemBrowser();
  if (system !== undefined) return system;
  if (process.getuid?.() === 0) {
    say('  asking apt for chromium');
    spawnSync('sh', ['-c', 'apt-get update -q && apt-get install -qy --no-install-recommends chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = await systemBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error('no browser runs on this machine: install Chromium (Debian: apt-get install chromium)');
}

/** @returns {Promise<Browser | undefined>} */
async function systemBrowser() {
  for (const file of systemPaths.filter((candidate) => existsSync(candidate))) {
    const browser = { path: file, args: [], environment: {} };
    if (await canRun(browser)) return browser;
  }
  return undefined;
}

/**
 * @param {string} directory
 * @returns {Promise<Browser>}
 */
async function unpackBrowser(directory) {
  if (!existsSync(directory)) {
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    // The package unpacks into the directory for temporary files, under a name another user may own already.
    const before = process.env.TMPDIR;
    process.env.TMPDIR = unfinished;
    try {
      const { default: chromium, inflate } = await import('@sparticuz/chromium');
      await chromium.executablePath();
      const archives = path.resolve(import.meta.dirname, '../node_modules/@sparticuz/chromium/bin');
      await inflate(path.join(archives, 'al2023.tar.br'));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    renameSync(unfinished, directory);
  }
  tellFonts(path.join(directory, 'fonts'));
  return {
    path: path.join(directory, 'chromium'),
    args: packagedArgs,
    environment: {
      LD_LIBRARY_PATH: path.join(directory, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(directory, 'fonts'),
    },
  };
}

/**
 * The package looks for its fonts in places of another system, and without any font a browser dies at the first input.
 *
 * @param {string} directory
 */
function tellFonts(directory) {
  const dirs = ['fonts', 'cache'].map((name) => path.join(directory, name));
  writeFileSync(
    path.join(directory, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${dirs[0]}</dir><cachedir>${dirs[1]}</cachedir></fontconfig>
`,
  );
}

/**
 * Shows a page, in the way the tests do: a version number alone says nothing about libraries that are missing.
 *
 * @param {Browser} browser
 */
async function canRun({ path: executablePath, args, environment }) {
  const { chromium } = await import('@playwright/test');
  const env = { ...process.env, ...environment };
  try {
    const browser = await chromium.launch({
      executablePath,
      args: [...args, '--no-sandbox'],
      env,
      timeout: 30_000,
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<label>Name <input value="shown" /></label>');
      return (await page.getByLabel('Name').inputValue()) === 'shown';
    } finally {
      await browser.close();
    }
  } catch (error) {
    console.error(
      `  ${executablePath} does not run here: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
    return false;
  }
}
