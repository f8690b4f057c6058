// The real worker, all of it, with one thing more: at a place that it was told it ends or stops itself. It loads and then
// waits for its turn, so that its predecessor can die meanwhile.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

const server =
  process.env.PATCHGATE_FAULTS_SERVER ?? path.resolve(import.meta.dirname, '../apps/server/dist');
// Before anything of the framework; found from where the server is.
await import(createRequire(path.join(server, 'main.worker.js')).resolve('reflect-metadata'));
/** @type {typeof import('../apps/server/src/roles/run-worker.js')} */
const { runWorker } = await import(path.join(server, 'roles/run-worker.js'));
/** @type {typeof import('../apps/server/src/roles/end-process.js')} */
const { endProcess } = await import(path.join(server, 'roles/end-process.js'));
/** @type {typeof import('../apps/server/src/features/runs/fail-points.js')} */
const { FailPoints } = await import(path.join(server, 'features/runs/fail-points.js'));

class Armed extends FailPoints {
  /** @type {import('./worker-pool.mjs').Arm | null} */
  arm = null;

  /** @param {string} failpoint */
  reach(failpoint) {
    if (this.arm?.failpoint !== failpoint) return;
    if (this.arm.passes > 0) {
      this.arm.passes -= 1;
      return;
    }
    const { signal } = this.arm;
    this.arm = null;
    process.kill(process.pid, signal);
  }
}

const failPoints = new Armed();
process.on('message', (/** @type {any} */ message) => (failPoints.arm = message.arm ?? null));
await once(process, 'message');
await endProcess(process, runWorker(process, failPoints));
