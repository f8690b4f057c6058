import type { Exit, Kept } from './keep-running.js';
import type { Steps } from './steps.js';
import type { StopSignal } from './stop-signal.js';
import type { ChildOutput, ChildSpec } from './supervised-child.js';
import { startChild } from './supervised-child.js';
import { untilReady } from './until-ready.js';

const readyTimeoutMs = 60_000;

export interface SuperviseOptions {
  readonly children: readonly ChildSpec[];
  readonly cwd: string;
  readonly output: ChildOutput;
  readonly steps: Steps;
  readonly stop: StopSignal;
  readonly onReady: () => void;
}

/** Runs the children until the stop, or until one says that its configuration is bad. Resolves with the exit code. */
export async function supervise(options: SuperviseOptions): Promise<number> {
  const { children, cwd, output, steps, stop } = options;
  const kept: Kept[] = [];
  try {
    const whenReady = (child: ChildSpec) =>
      steps.run(`${child.name} ready`, () => untilReady(child, readyTimeoutMs));
    for (const child of children) {
      kept.push(await startChild(child, cwd, output));
      if (child.isAwaited) await stop.orStop(whenReady(child));
    }
    const gaveUp = Promise.race(kept.map((child) => child.gaveUp));
    const ready = Promise.all(children.filter(({ isAwaited }) => isAwaited !== true).map(whenReady));
    const early: Exit | 'ready' = await stop.orStop(
      Promise.race([ready.then(() => 'ready' as const), gaveUp]),
    );
    if (early !== 'ready') return exitCode(early);
    options.onReady();
    const end = await Promise.race([stop.requested, gaveUp]);
    return end === undefined ? 0 : exitCode(end);
  } finally {
    await Promise.all(kept.map((child) => child.stop()));
  }
}

function exitCode(exit: Exit): number {
  return exit.code ?? 1;
}
