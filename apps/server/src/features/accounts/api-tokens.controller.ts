import { Controller } from '@nestjs/common';
import { apiTokenEndpoints } from '@patchgate/contracts';
import type { ApiTokenView, InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { ApiTokenService } from './api-token.service.js';

@Controller()
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokenService) {}

  @Route(apiTokenEndpoints.list)
  async list(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    const rows = await this.tokens.list(principal);
    return { items: rows.map(apiTokenView), next_cursor: null, total: rows.length };
  }

  @Route(apiTokenEndpoints.create)
  async create(@Input() { body }: InputOf<typeof apiTokenEndpoints.create>, @CallerOf() caller: Caller) {
    const { row, token } = await this.tokens.create(caller, body);
    return { ...apiTokenView(row), token };
  }

  @Route(apiTokenEndpoints.revoke)
  async revoke(@Input() { params }: InputOf<typeof apiTokenEndpoints.revoke>, @CallerOf() caller: Caller) {
    await this.tokens.revoke(caller, params.id);
    return undefined;
  }
}

const apiTokenView = (row: Awaited<ReturnType<ApiTokenService['list']>>[number]): ApiTokenView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
});
