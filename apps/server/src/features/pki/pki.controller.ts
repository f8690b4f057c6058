import { Controller } from '@nestjs/common';
import { pkiEndpoints } from '@patchgate/contracts';
import { Input, Route } from '../../platform/http/route.js';
import { AuthorityService } from './authority.service.js';

@Controller()
export class PkiController {
  constructor(private readonly authority: AuthorityService) {}

  @Route(pkiEndpoints.authority)
  certificate(@Input() _input: unknown) {
    return this.authority.certificate();
  }
}
