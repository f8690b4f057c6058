import { Controller } from '@nestjs/common';
import { patchJobEndpoints as endpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { JobCommandService } from './job-command.service.js';
import { JobService } from './job.service.js';
import { OrderService } from './order.service.js';

@Controller()
export class PatchJobsController {
  constructor(
    private readonly jobs: JobService,
    private readonly orders: OrderService,
    private readonly commands: JobCommandService,
  ) {}

  @Route(endpoints.preview)
  preview(@Input() { body }: InputOf<typeof endpoints.preview>, @CallerOf() { principal }: Caller) {
    return this.orders.preview(principal, body);
  }

  @Route(endpoints.packages)
  packages(@Input() { body }: InputOf<typeof endpoints.packages>, @CallerOf() { principal }: Caller) {
    return this.orders.pendingPackages(principal, body);
  }

  @Route(endpoints.create)
  create(@Input() { body }: InputOf<typeof endpoints.create>, @CallerOf() caller: Caller) {
    return this.orders.create(caller, body);
  }

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

  @Route(endpoints.pause)
  pause(@Input() { params }: InputOf<typeof endpoints.pause>, @CallerOf() caller: Caller) {
    return this.commands.pause(caller, params.id);
  }

  @Route(endpoints.resume)
  resume(@Input() { params }: InputOf<typeof endpoints.resume>, @CallerOf() caller: Caller) {
    return this.commands.resume(caller, params.id);
  }

  @Route(endpoints.cancel)
  cancel(@Input() { params }: InputOf<typeof endpoints.cancel>, @CallerOf() caller: Caller) {
    return this.commands.cancel(caller, params.id);
  }

  @Route(endpoints.retryFailed)
  retryFailed(@Input() { params }: InputOf<typeof endpoints.retryFailed>, @CallerOf() caller: Caller) {
    return this.commands.retryFailed(caller, params.id);
  }

  @Route(endpoints.takeOver)
  takeOver(@Input() { params }: InputOf<typeof endpoints.takeOver>, @CallerOf() caller: Caller) {
    return this.commands.takeOver(caller, params.id);
  }
}
