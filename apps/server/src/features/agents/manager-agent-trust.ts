import { Injectable } from '@nestjs/common';
import { ManagerCertificate } from '../pki/manager-certificate.js';
import { RevocationListService } from '../pki/revocation-list.service.js';
import type { AgentTrust, TrustMaterial } from './agent-trust.js';

/** The certificate that our own authority gave the manager; agents have theirs from the same one. */
@Injectable()
export class ManagerAgentTrust implements AgentTrust {
  constructor(
    private readonly certificate: ManagerCertificate,
    private readonly lists: RevocationListService,
  ) {}

  async current(): Promise<TrustMaterial> {
    const { authority, certificate, privateKey } = await this.certificate.current();
    const revoked = [await this.lists.current()];
    return { authorities: [authority], cert: certificate, key: privateKey, revoked };
  }
}
