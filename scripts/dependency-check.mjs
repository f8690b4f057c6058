// dependency-cruiser passes happily over modules it cannot see, so what it saw is compared with the files there are.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root, runTool, tool } from './run-tool.mjs';

const folders = ['apps', 'packages', 'migrations'].filter((folder) => existsSync(path.join(root, folder)));

/** @returns {Promise<import('./checks.mjs').Check>} */
export async function checkDependencies() {
  const { code, output, seconds } = await runTool([
    tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...folders,
  ]);
  const complaints = code === 0 || output.startsWith('{') ? judge(output) : [output];
  return { name: 'dependencies', isGood: complaints.length === 0, output: complaints.join('\n'), seconds };
}

/** @param {string} json */
function judge(json) {
  /** @type {{ modules: { source: string }[], summary: { violations: { from: string, to: string, rule: { name: string } }[] } }} */
  const { modules, summary } = JSON.parse(json);
  const seen = new Set(modules.map(({ source }) => source));
  const unseen = folders.flatMap((folder) => sourcesIn(folder)).filter((file) => !seen.has(file));
  return [
    ...summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`),
    ...unseen.map((file) => `not seen by dependency-cruiser: ${file}`),
    ...(seen.size === 0 ? ['dependency-cruiser saw no module at all'] : []),
  ];
}

/**
 * @param {string} folder relative to the root
 * @returns {string[]}
 */
function sourcesIn(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sourcesIn(name);
    return /(?<!\.d)\.tsx?$/.test(name) ? [name] : [];
  });
}
