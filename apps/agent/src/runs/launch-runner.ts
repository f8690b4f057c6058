import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';

import type { HostPaths } from '../platform/host-paths.js';
import type { RunProgram } from '../platform/run-program.js';

export interface LaunchOptions {
  /** Node and this file. */
  readonly program: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly paths: HostPaths;
  readonly run: RunProgram;
}

/** Of the agent's environment, what changes how packages are fetched and installed; systemd passes nothing else on. */
const PASSED_ON = [
  ['APT_CONFIG', 'DPKG_ROOT', 'DPKG_ADMINDIR', 'DPKG_FORCE', 'PATH', 'TMPDIR', 'NEEDRESTART_MODE'],
  ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy'],
].flat();

/**
 * Starts the runner of a run so that nothing that happens to the agent happens to it: as a unit of its own where systemd
 * runs the host, which also frees it of the agent's sandbox, else in a session of its own.
 *
 * @throws Error when it was not started
 */
export async function launchRunner(runId: string, root: string, options: LaunchOptions): Promise<void> {
  const command = [...options.program, 'transaction', '--directory', root];
  if (existsSync(path.join(options.paths.run, 'systemd/system'))) {
    await launchUnit(runId, command, options);
  } else {
    await launchSession(command, root, options.environment);
  }
}

async function launchUnit(runId: string, command: readonly string[], options: LaunchOptions): Promise<void> {
  const variables = PASSED_ON.flatMap((name) => {
    const value = options.environment[name];
    return value === undefined ? [] : [`--setenv=${name}=${value}`];
  });
  const properties = [
    '--property=KillMode=mixed',
    '--property=TimeoutStopSec=infinity',
    '--property=OOMPolicy=continue',
  ];
  const unit = [
    `--unit=patchgate-run-${runId}`,
    '--collect',
    '--quiet',
    '--description=Patchgate package transaction',
  ];
  const args = [...unit, '--service-type=exec', ...properties, ...variables, '--', ...command];
  const { exitCode, stderr } = await options.run('systemd-run', args);
  if (exitCode !== 0) throw new Error(`systemd-run ended with ${exitCode}: ${stderr.trim()}`);
}

async function launchSession(
  [program = '', ...args]: readonly string[],
  root: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const output = openSync(path.join(root, 'runner.out'), 'a', 0o600);
  try {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: environment,
      cwd: '/',
    });
    await once(child, 'spawn');
    child.unref();
  } finally {
    closeSync(output);
  }
}
