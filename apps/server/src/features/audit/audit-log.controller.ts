import { Controller } from '@nestjs/common';
import { auditLogEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { AuditLogService } from './audit-log.service.js';

@Controller()
export class AuditLogController {
  constructor(private readonly log: AuditLogService) {}

  @Route(auditLogEndpoints.list)
  async list(@Input() { query }: InputOf<typeof auditLogEndpoints.list>, @CallerOf() { principal }: Caller) {
    const { rows, nextCursor, total } = await this.log.list(principal, query);
    const items = rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }));
    return { items, next_cursor: nextCursor, total };
  }

  @Route(auditLogEndpoints.verify)
  async verify(@Input() _input: unknown) {
    const state = await this.log.verify();
    return { valid: state.first_invalid_seq === null, ...state };
  }
}
