import type { Clock } from '@patchgate/service-health';

import type { PackageSystem } from '../packages/package-system.port.js';
import type { HostPaths } from '../platform/host-paths.js';
import type { Logger } from '../platform/logger.js';
import type { RunProgram } from '../platform/run-program.js';
import type { RunDesk } from '../runs/run-desk.js';
import type { RunStore } from '../runs/run-store.js';
import type { RebootReservation } from '../system/reboot-reservation.js';
import type { CertificateRenewal } from '../tls/certificate-renewal.js';
import type { Trust } from '../tls/trust.js';

/** Everything the routes answer from. */
export interface AgentContext {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly paths: HostPaths;
  readonly run: RunProgram;
  readonly isRoot: boolean;
  readonly packages: PackageSystem | null;
  readonly trust: Trust;
  readonly renewal: CertificateRenewal;
  readonly store: RunStore;
  readonly desk: RunDesk;
  readonly reservation: RebootReservation;
  /** What the agent cannot do, now. */
  readonly lacks: () => readonly string[];
}
