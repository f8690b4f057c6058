import type { Clock } from '@patchgate/service-health';

import type { HostPaths } from '../platform/host-paths.js';
import type { Logger } from '../platform/logger.js';
import type { Serial } from '../platform/serial.js';
import type { RunStore } from './run-store.js';

/** What desk and driver share. */
export interface RunParts {
  readonly store: RunStore;
  /** One decision at a time: an order, a cancel and the end of a run must not pass each other. */
  readonly serial: Serial;
  readonly stateDirectory: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly paths: HostPaths;
  readonly packageLockTimeoutSeconds: number;
  readonly readBootId: () => Promise<string>;
  readonly readUptimeSeconds: () => Promise<number>;
  /** @throws AgentRefusal when this agent can make no run now */
  readonly mayStart: () => void;
  readonly launch: (runId: string, root: string) => Promise<void>;
  /** @throws Error with the reason when the host was not told to restart */
  readonly reboot: () => Promise<void>;
}
