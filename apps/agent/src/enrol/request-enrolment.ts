import type { EnrollRequest } from '@patchgate/contracts/agent';
import { enrollAccepted } from '@patchgate/contracts/agent';
import { z } from 'zod';

import { primitives } from '../config/primitives.js';
import { callManager } from '../manager-link/call-manager.js';
import { makeKey } from '../tls/new-key.js';
import { version } from '../version.js';
import type { HostDescription } from './describe-host.js';
import { firstAddress } from './describe-host.js';
import { EnrolmentError } from './enrolment-error.js';
import { fetchAuthority } from './fetch-authority.js';
import { fingerprintIn } from './enrolment-token.js';
import type { PendingEnrolment } from './pending-enrolment.js';

interface EnrolmentOrder {
  readonly manager: URL;
  readonly token: string;
  readonly host: HostDescription;
  /** Null asks the connection. */
  readonly address: string | null;
  readonly port: number;
}

/** @throws EnrolmentError with what the manager says, ManagerUnreachable */
export async function requestEnrolment(order: EnrolmentOrder): Promise<PendingEnrolment> {
  const { manager, token, host, port } = order;
  const authority = await fetchAuthority(manager, fingerprintIn(token));
  const authorities = [authority];
  // From here on only a certificate of that authority is spoken to.
  const seen = await callManager({ url: new URL('/api/v1/pki/ca.pem', manager), authorities });
  const { privateKey, request } = await makeKey(host.fqdn, null);
  const json: EnrollRequest = {
    ...host,
    os_details: { ...host.os_details },
    ip_address: order.address ?? addressTowards(seen.localAddress),
    token: token.trim(),
    csr: request,
    agent_port: port,
    agent_version: version,
  };
  const answer = await callManager({
    url: new URL('/api/v1/enroll', manager),
    method: 'POST',
    json,
    authorities,
  });
  if (answer.status !== 202) throw new EnrolmentError(refusalText(answer.status, answer.text));
  const accepted = enrollAccepted.safeParse(JSON.parse(answer.text));
  if (!accepted.success) throw new EnrolmentError('the manager gave an answer that cannot be read');
  return {
    manager: manager.origin,
    authority,
    private_key: privateKey,
    polling_token: accepted.data.polling_token,
    manager_address: seen.remoteAddress?.replace(/^::ffff:/, '') ?? null,
    agent_port: port,
  };
}

function addressTowards(local: string | null): string {
  const plain = local?.replace(/^::ffff:/, '') ?? '';
  const address = primitives.ipv4.safeParse(plain).success ? plain : firstAddress();
  if (address === null) throw new EnrolmentError('this host has no IPv4 address; say one with --address');
  return address;
}

const problem = z.object({
  message: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** The manager's own words where it has any. */
function refusalText(status: number, body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return `the manager refused the enrolment with status ${status}`;
  const { message, issues = [] } = parsed.data;
  const details = issues.map((issue) => `${issue.path}: ${issue.message}`);
  return `the manager refused the enrolment: ${[message, ...details].join('; ')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, which is told by its status.
    return null;
  }
}
