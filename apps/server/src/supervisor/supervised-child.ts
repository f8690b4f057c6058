import { readChildLine } from './child-lines.js';
import type { Exit, Kept } from './keep-running.js';
import { keepRunning } from './keep-running.js';
import { spawnBound } from './spawn-bound.js';
import { dyingWithUs } from './system-user.js';

/** One process that `patchgate start` keeps alive. */
export interface ChildSpec {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Answers 200 when the child is able to serve. */
  readonly readyUrl: string;
  /** The children after it are started once it is ready. */
  readonly isAwaited?: true;
}

/** sysexits.h EX_CONFIG: starting it again with the same configuration cannot help. */
const badConfiguration = 78;

export interface ChildOutput {
  readonly log: (line: string) => void;
  readonly say: (line: string) => void;
  readonly onSetupToken: (token: string) => void;
  readonly onCaCertificate: (certificate: string) => void;
  /** False while everything starts or stops: warnings then go to the log file only. */
  readonly isSettled: () => boolean;
}

export async function startChild(spec: ChildSpec, cwd: string, output: ChildOutput): Promise<Kept> {
  return await keepRunning({
    launch: async () =>
      await Promise.resolve(
        spawnBound(dyingWithUs({}, 'TERM', spec.command), {
          cwd,
          environment: spec.environment,
          onLine: (line) => takeLine(spec.name, line, output),
          // A process stops by itself within 25 s (probes.md, shutdown order).
          stopWith: [
            { signal: 'SIGTERM', patienceMs: 28_000 },
            { signal: 'SIGKILL', patienceMs: 0 },
          ],
        }),
      ),
    isFinal: (exit: Exit) => exit.code === badConfiguration,
    onRestart: (how, delayMs) => {
      output.say(`${spec.name} ended (${how}); starting it again in ${delayMs / 1000} s`);
    },
  });
}

function takeLine(child: string, line: string, output: ChildOutput): void {
  const { terminal, isWarning, setupToken, caCertificate } = readChildLine(child, line);
  if (setupToken !== undefined) {
    output.onSetupToken(setupToken);
    return;
  }
  if (caCertificate !== undefined) output.onCaCertificate(caCertificate);
  output.log(`${child} ${line}`);
  if (terminal !== undefined && (isWarning !== true || output.isSettled())) output.say(terminal);
}
