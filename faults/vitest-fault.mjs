// Faults that are tests already, run for longer.
import { root, runTool, tool } from '../scripts/run-tool.mjs';
import { report } from './report.mjs';

/**
 * @param {string} title
 * @param {number} cycles as many as a person waits for
 * @param {object} test
 * @param {string} test.project of vitest.config.ts
 * @param {string} test.folder
 * @param {(wanted: { cycles: number, seed: number }) => Record<string, string>} test.environment
 * @returns {import('./named-faults.mjs').NamedFault}
 */
export const vitestFault = (title, cycles, { project, folder, environment }) => ({
  cycles,
  run: async (wanted, print) => {
    const startedAt = performance.now();
    const { code } = await runTool(
      [tool('vitest/vitest.mjs'), 'run', '--root', root, '--project', project, folder],
      { isShown: true, environment: environment(wanted) },
    );
    const figures = [
      { name: 'cases', value: wanted.cycles },
      { name: 'failures', value: code === 0 ? 0 : 1, most: 0 },
      { name: 'seconds', value: (performance.now() - startedAt) / 1000 },
    ];
    return report(title, figures, print);
  },
});
