import type { ServiceStatus } from '@patchgate/contracts/agent';

import { AgentRefusal } from '../http/agent-refusal.js';
import { messageOf } from '../platform/messages.js';
import type { ProgramResult, RunProgram } from '../platform/run-program.js';
import { isAbsent, isHealthy } from './judge-unit.js';
import { checkServiceName } from './service-name.js';
import type { Unit } from './unit-properties.js';
import { parseUnits, unitProperties } from './unit-properties.js';

const TIMEOUT_MS = 8_000;

/** @throws AgentRefusal: bad name, no such unit, or systemd cannot be asked, with what is missing */
export async function readService(name: string, run: RunProgram): Promise<ServiceStatus> {
  const [unit] = await show([checkServiceName(name)], run);
  if (unit === undefined || isAbsent(unit)) {
    throw new AgentRefusal('SERVICE_NOT_FOUND', `no unit ${name} on this host`);
  }
  const sockets = unit.TriggeredBy.split(' ').filter((trigger) => trigger.endsWith('.socket'));
  const triggers = sockets.length === 0 ? [] : await show(sockets, run);
  const mainPid = Number(unit.MainPID);
  return {
    name: unit.Id,
    display_name: unit.Description,
    active_state: unit.ActiveState,
    sub_state: unit.SubState,
    load_state: unit.LoadState,
    enabled_state: unit.UnitFileState,
    main_pid: Number.isInteger(mainPid) && mainPid > 0 ? mainPid : null,
    healthy: isHealthy(unit, triggers),
  };
}

async function show(names: readonly string[], run: RunProgram): Promise<readonly Unit[]> {
  const properties = unitProperties.map((property) => `--property=${property}`);
  let result: ProgramResult;
  try {
    result = await run('systemctl', ['show', '--no-pager', ...properties, '--', ...names], {
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    throw statusError(messageOf(error), error);
  }
  if (result.exitCode !== 0) {
    throw statusError(result.stderr.trim().split('\n', 1)[0] ?? `systemctl ended with ${result.exitCode}`);
  }
  return parseUnits(result.stdout);
}

function statusError(why: string, cause?: unknown): AgentRefusal {
  return new AgentRefusal('SERVICE_STATUS_ERROR', `systemd cannot be asked: ${why}`, {
    isRetryable: true,
    cause,
  });
}
