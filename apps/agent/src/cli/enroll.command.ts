import { mkdir } from 'node:fs/promises';

import { primitives } from '../config/primitives.js';
import { awaitApproval } from '../enrol/await-approval.js';
import { describeHost } from '../enrol/describe-host.js';
import { EnrolmentError } from '../enrol/enrolment-error.js';
import { fingerprintIn } from '../enrol/enrolment-token.js';
import { installApproval } from '../enrol/install-approval.js';
import { parseManagerAddress } from '../enrol/manager-address.js';
import type { PendingEnrolment } from '../enrol/pending-enrolment.js';
import { forgetPending, readPending, writePending } from '../enrol/pending-enrolment.js';
import { requestEnrolment } from '../enrol/request-enrolment.js';
import { SystemClock } from '../platform/clock/clock.js';
import { hostPaths } from '../platform/host-paths.js';
import { messageOf } from '../platform/messages.js';
import { programRunner } from '../platform/run-program.js';
import { readIfThere } from '../platform/read-if-there.js';
import type { EnrollOptions } from './parse-arguments.js';

const DEFAULT_PORT = 12_443;

/** Asks a manager to take this host in and waits until it does; run again after an interruption it waits on. */
export async function enroll(process: NodeJS.Process, options: EnrollOptions): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const { config, state, allow } = options;
  const wrong = allow.find((network) => !primitives.network.safeParse(network).success);
  if (wrong !== undefined) throw new EnrolmentError(`--allow ${wrong}: expected an address or a network`);
  if ((await readIfThere(config)) !== null) {
    throw new EnrolmentError(`this host is enrolled already (${config}); remove that file to enrol it anew`);
  }
  await mkdir(state, { recursive: true, mode: 0o700 });
  const pending = (await readPending(state)) ?? (await begin(process, options, say));
  say(`Waiting for an administrator to approve this host in Agents at ${pending.manager} …`);
  let approval;
  try {
    approval = await awaitApproval(pending, say);
  } catch (error) {
    // Decided: the same request will never be approved, so the next attempt is a new one.
    await forgetPending(state);
    throw error;
  }
  await installApproval({
    ...{ pending, approval, allow, stateDirectory: state, configFile: config, now: new SystemClock().now() },
  });
  await forgetPending(state);
  say(`Approved. This host is ${approval.host_id}; settings are in ${config}.`);
  return 0;
}

async function begin(
  process: NodeJS.Process,
  { manager, token, address, port, state }: EnrollOptions,
  say: (line: string) => void,
): Promise<PendingEnrolment> {
  if (manager === undefined) throw new EnrolmentError('--manager is missing');
  if (token === undefined) throw new EnrolmentError('--token is missing');
  if (address !== undefined && !primitives.ipv4.safeParse(address).success)
    throw new EnrolmentError('--address: expected an IPv4 address');
  const parsedPort = primitives.port.min(1).safeParse(port === undefined ? DEFAULT_PORT : Number(port));
  if (!parsedPort.success) throw new EnrolmentError('--port: expected a number from 1 to 65535');
  // Wrong words are told before anything is asked or made.
  fingerprintIn(token);
  const url = parseManagerAddress(manager);
  say(`Checking that ${url.origin} has the authority the token names …`);
  const host = await describeHost(hostPaths, programRunner(process.env));
  const pending = await requestEnrolment({
    ...{ manager: url, token, host, address: address ?? null, port: parsedPort.data },
  });
  say(`It has. ${host.fqdn} has asked to be taken in.`);
  try {
    await writePending(state, pending);
  } catch (error) {
    throw new EnrolmentError(`the request cannot be kept in ${state}: ${messageOf(error)}`, { cause: error });
  }
  return pending;
}
