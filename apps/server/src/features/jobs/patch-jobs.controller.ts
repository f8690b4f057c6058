import { Controller } from '@nestjs/common';
import { patchJobEndpoints as endpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { JobService } from './job.service.js';

@Controller()
export class PatchJobsController {
  constructor(private readonly jobs: JobService) {}

  @Route(endpoints.list)
  async list(@Input() { query }: InputOf<typeof endpoints.list>, @CallerOf() { principal }: Caller) {
    const { items, nextCursor, total } = await this.jobs.list(principal, query);
    return { items, next_cursor: nextCursor, total };
  }

  @Route(endpoints.get)
  get(@Input() { params }: InputOf<typeof endpoints.get>, @CallerOf() { principal }: Caller) {
    return this.jobs.get(principal, params.id);
  }

  @Route(endpoints.board)
  board(@Input() { params }: InputOf<typeof endpoints.board>, @CallerOf() { principal }: Caller) {
    return this.jobs.board(principal, params.id);
  }
}
