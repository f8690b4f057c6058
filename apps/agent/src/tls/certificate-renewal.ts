import type { CertificateInstall } from '@patchgate/contracts/agent';
import type { Clock } from '@patchgate/service-health';
import type { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { AgentRefusal } from '../http/agent-refusal.js';
import type { Logger } from '../platform/logger.js';
import { writeDurably } from '../platform/durable-file.js';
import { readIfThere } from '../platform/read-if-there.js';
import { objectionToOwn } from './check-own-certificate.js';
import { isSignedBy } from './is-signed-by.js';
import { makeKey } from './new-key.js';
import { certificatesIn } from './pem.js';
import type { Trust } from './trust.js';

interface RenewalOptions {
  readonly trust: Trust;
  readonly hostId: string;
  readonly hostname: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when another identity is in force. */
  readonly onRenewed: () => void;
}

/** A new key made here, a certificate for it made by the manager, and both put in force in one step. */
export class CertificateRenewal {
  constructor(private readonly options: RenewalOptions) {}

  /** @returns PKCS #10 in PEM; the key waits in a file until the certificate comes */
  async request(): Promise<string> {
    const { privateKey, request } = await makeKey(this.options.hostname, this.options.hostId);
    await writeDurably(this.options.trust.files.nextKey, privateKey);
    return request;
  }

  /**
   * @param sender the certificate of the manager that sent it, which must still be believed afterwards
   * @throws AgentRefusal when it fits nothing that was asked for, or would lock the manager out
   */
  async install({ server_crt, ca_crt }: CertificateInstall, sender: X509Certificate): Promise<void> {
    const { trust, hostId, clock, log, onRenewed } = this.options;
    const privateKey = await readIfThere(trust.files.nextKey);
    if (privateKey === null) {
      throw new AgentRefusal(
        'NO_CERTIFICATE_REQUEST',
        'no certificate was asked for (POST certificate/request)',
      );
    }
    const objection = objectionToOwn({
      certificate: server_crt,
      authorities: ca_crt,
      privateKey,
      hostId,
      now: clock.now(),
    });
    if (objection !== null) throw new AgentRefusal('VALIDATION_ERROR', objection);
    const authorities = certificatesIn(ca_crt);
    if (
      !isSignedBy(
        sender,
        authorities.map((pem) => new Certificate(pem)),
      )
    ) {
      throw new AgentRefusal('VALIDATION_ERROR', 'ca_crt: lacks the authority of the manager that sends it');
    }
    // The authorities first: a crash between the two leaves a pair that works.
    await writeDurably(trust.files.authorities, `${authorities.join('\n')}\n`, 0o644);
    await writeDurably(
      trust.files.identity,
      `${privateKey.trim()}\n${certificatesIn(server_crt).join('\n')}\n`,
    );
    await rm(trust.files.nextKey, { force: true });
    await trust.readIdentity();
    onRenewed();
    log.info({ validTo: trust.identity.certificate.validTo }, 'certificate renewed');
  }
}
