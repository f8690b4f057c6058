import { Controller, Header } from '@nestjs/common';
import { pkiEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { AgentCertificateService } from './agent-certificate.service.js';
import { agentCertificateView, certificateBundleView } from './agent-certificate.views.js';
import { AuthorityService } from './authority.service.js';
import { RevocationListService } from './revocation-list.service.js';

@Controller()
export class PkiController {
  constructor(
    private readonly authority: AuthorityService,
    private readonly certificates: AgentCertificateService,
    private readonly lists: RevocationListService,
  ) {}

  @Route(pkiEndpoints.authority)
  certificate(@Input() _input: unknown) {
    return this.authority.certificate();
  }

  @Route(pkiEndpoints.revocationList)
  @Header('cache-control', 'max-age=3600')
  revocationList(@Input() _input: unknown) {
    return this.lists.current();
  }

  @Route(pkiEndpoints.listCertificates)
  async list(@Input() { query }: InputOf<typeof pkiEndpoints.listCertificates>) {
    const { rows, nextCursor, total } = await this.certificates.list(query);
    return { items: rows.map(agentCertificateView), next_cursor: nextCursor, total };
  }

  @Route(pkiEndpoints.revokeCertificate)
  async revoke(
    @Input() { params }: InputOf<typeof pkiEndpoints.revokeCertificate>,
    @CallerOf() caller: Caller,
  ) {
    await this.certificates.revoke(caller, params.id);
    return undefined;
  }

  @Route(pkiEndpoints.issueBundle)
  @Header('cache-control', 'no-store')
  async issueBundle(
    @Input() { params }: InputOf<typeof pkiEndpoints.issueBundle>,
    @CallerOf() caller: Caller,
  ) {
    const issued = await this.certificates.issueBundle(caller, params.id);
    return certificateBundleView(params.id, issued, await this.lists.current());
  }
}
