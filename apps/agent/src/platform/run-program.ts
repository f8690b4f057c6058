import { execFile } from 'node:child_process';

import { hasCode } from './durable-file.js';

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program is not on this host. */
export class ProgramMissing extends Error {
  constructor(program: string, cause: unknown) {
    super(`${program} is not installed`, { cause });
  }
}

/** The program was there and gave no answer that could be used. */
class ProgramFailed extends Error {}

/** Starts a program without a shell and reads what it says; any exit code is an answer. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  limits?: { timeoutMs?: number },
) => Promise<ProgramResult>;

const DEFAULT_TIMEOUT_MS = 60_000;
/** All packages of a host with their versions are about 1 MiB. */
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

/**
 * @param environment of the agent; the language is set aside, because what programs say is parsed
 */
export function programRunner(environment: NodeJS.ProcessEnv): RunProgram {
  const env = { ...environment, LC_ALL: 'C.UTF-8', LANGUAGE: 'C' };
  return (program, args, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) =>
    new Promise((resolve, reject) => {
      const options = {
        env,
        timeout: timeoutMs,
        maxBuffer: MAX_OUTPUT_BYTES,
        killSignal: 'SIGKILL',
      } as const;
      execFile(program, args, options, (error, stdout, stderr) => {
        if (error === null) {
          resolve({ exitCode: 0, stdout, stderr });
        } else if (hasCode(error, 'ENOENT')) {
          reject(new ProgramMissing(program, error));
        } else if (typeof error.code === 'number') {
          resolve({ exitCode: error.code, stdout, stderr });
        } else {
          const why = error.killed === true ? `gave no answer within ${timeoutMs} ms` : error.message;
          reject(new ProgramFailed(`${program} ${why}`, { cause: error }));
        }
      });
    });
}
