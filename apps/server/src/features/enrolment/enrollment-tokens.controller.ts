import { Controller, Header, Inject, Req } from '@nestjs/common';
import { enrollmentTokenEndpoints } from '@patchgate/contracts';
import type { EnrollmentTokenView, InputOf } from '@patchgate/contracts';
import type { FastifyRequest } from 'fastify';
import { hostname } from 'node:os';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { EnrollmentTokenService } from './enrollment-token.service.js';
import { installCommand } from './install-command.js';
import { managerUrl } from './manager-url.js';

@Controller()
export class EnrollmentTokensController {
  constructor(
    private readonly tokens: EnrollmentTokenService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Route(enrollmentTokenEndpoints.list)
  async list(@Input() { query }: InputOf<typeof enrollmentTokenEndpoints.list>) {
    const { rows, nextCursor, total } = await this.tokens.list(query);
    return { items: rows.map(tokenView), next_cursor: nextCursor, total };
  }

  @Route(enrollmentTokenEndpoints.create)
  @Header('cache-control', 'no-store')
  async create(
    @Input() { body }: InputOf<typeof enrollmentTokenEndpoints.create>,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
  ) {
    const { row, token } = await this.tokens.create(caller, body.group_id);
    const url = managerUrl(this.config, hostname(), `${request.protocol}://${request.host}`);
    return { ...tokenView(row), token, command: await installCommand(url, token) };
  }

  @Route(enrollmentTokenEndpoints.revoke)
  async revoke(
    @Input() { params }: InputOf<typeof enrollmentTokenEndpoints.revoke>,
    @CallerOf() caller: Caller,
  ) {
    await this.tokens.revoke(caller, params.id);
    return undefined;
  }
}

const tokenView = (
  row: Awaited<ReturnType<EnrollmentTokenService['list']>>['rows'][number],
): EnrollmentTokenView => ({
  ...row,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
});
