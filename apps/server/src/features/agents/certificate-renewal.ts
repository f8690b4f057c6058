import { AgentError } from '@patchgate/agent-client';
import type { AgentSession } from '@patchgate/agent-client';
import type { CertificateInstall } from '@patchgate/contracts/agent';
import type { Logger } from '../../platform/logger/logger.js';
import { isRenewalDue } from '../pki/renewal-due.js';
import type { AgentReading } from './agent-poll.js';

/** Who signs for the keys that agents have just made. */
export abstract class CertificateRenewal {
  /**
   * @param csr PKCS#10 in PEM, from the agent of this very host
   * @returns what the agent is to be sent
   */
  abstract renewFromRequest(hostId: string, csr: string): Promise<CertificateInstall>;
}

/** Whether this agent, as it was just read, can and should have a new certificate. */
export const wantsRenewal = ({ health, certificate }: AgentReading, now: Date): boolean =>
  health !== null &&
  health.capabilities.includes('renew-certificate') &&
  certificate !== null &&
  isRenewalDue({ notBefore: certificate.validFrom, notAfter: certificate.validTo }, now);

interface RenewalDependencies {
  readonly renewal: Pick<CertificateRenewal, 'renewFromRequest'>;
  readonly logger: Logger;
}

/**
 * Gives an agent a new certificate over the connection that the old one secures. It is shown from the next connection on;
 * whatever fails here leaves the old one as it is, and is tried again some hours later, because each try issues one.
 */
export async function renewCertificate(
  session: AgentSession,
  hostId: string,
  { renewal, logger }: RenewalDependencies,
): Promise<'done' | 'failed'> {
  try {
    const install = await renewal.renewFromRequest(hostId, await session.requestCertificate());
    await session.installCertificate(install);
    logger.info({ host_id: hostId }, 'agent certificate renewed');
    return 'done';
  } catch (error) {
    if (error instanceof AgentError)
      logger.warn({ err: error, host_id: hostId }, 'agent took no new certificate');
    else logger.error({ err: error, host_id: hostId }, 'agent certificate could not be renewed');
    return 'failed';
  }
}
