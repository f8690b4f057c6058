import type { HostPaths } from '../platform/host-paths.js';
import type { RunProgram } from '../platform/run-program.js';

export interface PackageSystemOptions {
  readonly run: RunProgram;
  readonly environment: NodeJS.ProcessEnv;
  readonly paths: HostPaths;
  readonly lockTimeoutSeconds: number;
}
