import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

import { AgentRefusal } from '../http/agent-refusal.js';
import { findPackageSystem, lookedFor } from '../packages/find-package-system.js';
import { SystemClock } from '../platform/clock/clock.js';
import { hostPaths as paths } from '../platform/host-paths.js';
import { programRunner } from '../platform/run-program.js';
import { Serial } from '../platform/serial.js';
import type { AgentContext } from '../routes/agent-context.js';
import { compactJournal } from '../runs/compact-journal.js';
import { Journal } from '../runs/journal.js';
import { launchRunner } from '../runs/launch-runner.js';
import { RunDesk } from '../runs/run-desk.js';
import { RunDriver } from '../runs/run-driver.js';
import { RunStore } from '../runs/run-store.js';
import { readBootId, readUptimeSeconds } from '../system/boot.js';
import { rebootHost } from '../system/reboot-host.js';
import { RebootReservation } from '../system/reboot-reservation.js';
import { shortcomings } from '../system/shortcomings.js';
import { certificateFiles } from '../tls/certificate-files.js';
import { CertificateRenewal } from '../tls/certificate-renewal.js';
import { Trust } from '../tls/trust.js';
import { version } from '../version.js';
import { lockState } from './lock-state.js';
import type { AgentOptions } from './agent-options.js';

/** Opens everything the agent works with, in the order in which a failure leaves nothing half open. */
export async function openAgent({ config, log, process }: AgentOptions) {
  const clock = new SystemClock();
  const environment = process.env;
  const stateDirectory = config.state_directory;
  const run = programRunner(environment);
  const trust = await Trust.open(certificateFiles(config.certificate_directory), log);
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const unlock = await lockState(stateDirectory, process.pid, paths);
  await compactJournal(stateDirectory, clock.now());
  const opened = await Journal.open({
    directory: stateDirectory,
    now: () => clock.now(),
    newEpoch: randomUUID,
  });
  if (opened.setAside !== null)
    log.error({ setAside: opened.setAside }, 'journal of runs damaged, begun anew');
  const store = new RunStore(opened.journal, opened.records, opened.epoch);
  const lockTimeoutSeconds = config.package_lock_timeout_seconds;
  const packages = await findPackageSystem({ run, environment, paths, lockTimeoutSeconds });
  const isRoot = process.geteuid?.() === 0;
  const reboot = () => rebootHost(config.reboot_command, run);
  const bootId = () => readBootId(paths);
  const reservation = new RebootReservation({ stateDirectory, clock, log, readBootId: bootId, reboot });
  const parts = {
    store,
    serial: new Serial(),
    stateDirectory,
    clock,
    log,
    paths,
    packageLockTimeoutSeconds: lockTimeoutSeconds,
    readBootId: bootId,
    readUptimeSeconds: () => readUptimeSeconds(paths),
    mayStart: () => checkMayStart({ isRoot, hasPackages: packages !== null, rebootAt: reservation.dueAt }),
    launch: (runId: string, root: string) =>
      launchRunner(runId, root, {
        program: [process.execPath, process.argv[1] ?? ''],
        environment,
        paths,
        run,
      }),
    reboot,
  };
  const driver = new RunDriver(parts);
  let renewed: () => void = () => undefined;
  const renewal = new CertificateRenewal({
    trust,
    hostId: config.host_id,
    hostname: hostname(),
    clock,
    log,
    onRenewed: () => renewed(),
  });
  const lacks = () =>
    shortcomings({
      isRoot,
      hasPackageSystem: packages !== null,
      lookedFor,
      hasSystemd: existsSync(path.join(paths.run, 'systemd/system')),
      revocation: trust.revocationState(clock.now()),
      isAnybodyAllowed: config.allow.length > 0,
    });
  const desk = new RunDesk(parts, driver);
  const context: AgentContext = {
    ...{ version, clock, log, paths, run, isRoot, packages, trust, renewal, store, desk, reservation, lacks },
  };
  const close = async () => {
    await parts.serial.run(() => opened.journal.close());
    await unlock();
  };
  const onRenewed = (listener: () => void) => {
    renewed = listener;
  };
  return { context, driver, clock, close, onRenewed };
}

interface Readiness {
  readonly isRoot: boolean;
  readonly hasPackages: boolean;
  readonly rebootAt: string | null;
}

/** @throws AgentRefusal that says why no run can be made now */
function checkMayStart({ isRoot, hasPackages, rebootAt }: Readiness): void {
  if (!hasPackages) {
    const message = `no supported package manager on this host (looked for: ${lookedFor})`;
    throw new AgentRefusal('PKG_MANAGER_ERROR', message);
  }
  if (!isRoot) {
    throw new AgentRefusal('PKG_MANAGER_ERROR', 'packages cannot be changed: the agent does not run as root');
  }
  if (rebootAt !== null) {
    throw new AgentRefusal('REBOOT_BLOCKED', `the host restarts at ${rebootAt}`, { isRetryable: true });
  }
}
