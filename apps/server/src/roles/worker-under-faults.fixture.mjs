// The real worker, which kills itself at a named point of the way of a run: `--kill-at POINT --nth N`. Every point it comes
// to is a line of `--journal FILE`, so that what was hit can be counted.
import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    'kill-at': { type: 'string' },
    nth: { type: 'string', default: '1' },
    journal: { type: 'string' },
  },
});
/** @param {string} path of the compiled server */
const compiled = (path) => import(new URL(`../../dist/${path}.js`, import.meta.url).href);
const [{ FailPoints }, { runWorker }, { endProcess }] = await Promise.all(
  ['features/runs/fail-points', 'roles/run-worker', 'roles/end-process'].map(compiled),
);

class KillingAt extends FailPoints {
  left = Number(values.nth);

  /** @param {string} point */
  reach(point) {
    if (values.journal !== undefined) appendFileSync(values.journal, `${point}\n`);
    if (point !== values['kill-at']) return;
    this.left -= 1;
    // Nothing of this process runs after it.
    if (this.left === 0) process.kill(process.pid, 'SIGKILL');
  }
}

await endProcess(process, runWorker(process, new KillingAt()));
