import { createHash, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { agentConfig } from '../config/config.schema.js';
import { writeDurably } from '../platform/durable-file.js';
import { certificateFiles } from '../tls/certificate-files.js';
import { objectionToOwn } from '../tls/check-own-certificate.js';
import { certificatesIn } from '../tls/pem.js';
import type { Approval } from './await-approval.js';
import { EnrolmentError } from './enrolment-error.js';
import type { PendingEnrolment } from './pending-enrolment.js';

interface Installation {
  readonly pending: PendingEnrolment;
  readonly approval: Approval;
  readonly configFile: string;
  readonly stateDirectory: string;
  /** From where managers may connect; empty takes the manager's address. */
  readonly allow: readonly string[];
  readonly now: Date;
}

/**
 * Writes certificates and settings; the settings last, because with them the agent starts.
 *
 * @throws EnrolmentError when what the manager gave does not fit what was asked for
 */
export async function installApproval(installation: Installation): Promise<void> {
  const { pending, approval, configFile, stateDirectory, now } = installation;
  const { host_id, ca_crt, server_crt, crl_pem } = approval;
  if (!certificatesIn(ca_crt).some((pem) => isSame(pem, pending.authority))) {
    throw new EnrolmentError('the manager approved with another authority than the one of the token');
  }
  const objection = objectionToOwn({
    certificate: server_crt,
    authorities: ca_crt,
    privateKey: pending.private_key,
    hostId: host_id,
    now,
  });
  if (objection !== null)
    throw new EnrolmentError(`the manager gave a certificate that cannot be used: ${objection}`);
  const certificates = path.join(stateDirectory, 'certificates');
  const files = certificateFiles(certificates);
  await mkdir(certificates, { recursive: true, mode: 0o700 });
  await mkdir(path.dirname(configFile), { recursive: true, mode: 0o755 });
  await writeDurably(files.authorities, `${certificatesIn(ca_crt).join('\n')}\n`, 0o644);
  await writeDurably(
    files.identity,
    `${pending.private_key.trim()}\n${certificatesIn(server_crt).join('\n')}\n`,
  );
  if (crl_pem !== '') await writeDurably(files.revoked, crl_pem, 0o644);
  await writeDurably(configFile, `${JSON.stringify(settings(installation, certificates), null, 2)}\n`);
}

function settings({ pending, approval, stateDirectory, allow }: Installation, certificates: string) {
  const { manager, manager_address, agent_port } = pending;
  const given = {
    host_id: approval.host_id,
    manager_url: manager,
    // A manager on this very machine needs no way in from anywhere else.
    listen: { address: manager_address?.startsWith('127.') ? '127.0.0.1' : '0.0.0.0', port: agent_port },
    state_directory: stateDirectory,
    certificate_directory: certificates,
    allow: allow.length > 0 ? allow : manager_address === null ? [] : [manager_address],
  };
  const parsed = agentConfig.safeParse(given);
  if (!parsed.success) throw new EnrolmentError(`the settings would not be good: ${parsed.error.message}`);
  return given;
}

const isSame = (a: string, b: string): boolean => digestOf(a) === digestOf(b);
const digestOf = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
