import { Controller } from '@nestjs/common';
import { patchRunEndpoints as endpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { PatchRunService } from './patch-run.service.js';
import { RunCommandService } from './run-command.service.js';
import { attemptView, runDetailView, runView } from './run.views.js';

const keyOf = ({ id, run_id }: { id: string; run_id: string }) => ({ jobId: id, runId: run_id });

@Controller()
export class PatchRunsController {
  constructor(
    private readonly runs: PatchRunService,
    private readonly commands: RunCommandService,
  ) {}

  @Route(endpoints.list)
  async list(@Input() { params, query }: InputOf<typeof endpoints.list>, @CallerOf() { principal }: Caller) {
    const { rows, nextCursor, total } = await this.runs.list(principal, params.id, query);
    return { items: rows.map((row) => runView(row, principal)), next_cursor: nextCursor, total };
  }

  @Route(endpoints.get)
  async get(@Input() { params }: InputOf<typeof endpoints.get>, @CallerOf() { principal }: Caller) {
    return runDetailView(await this.runs.get(principal, keyOf(params)), principal);
  }

  @Route(endpoints.attempts)
  async attempts(
    @Input() { params, query }: InputOf<typeof endpoints.attempts>,
    @CallerOf() { principal }: Caller,
  ) {
    const { rows, nextCursor, total } = await this.runs.attempts(principal, keyOf(params), query);
    return { items: rows.map((row) => attemptView(row, principal)), next_cursor: nextCursor, total };
  }

  @Route(endpoints.log)
  async log(@Input() { params, query }: InputOf<typeof endpoints.log>, @CallerOf() { principal }: Caller) {
    const { rows, total } = await this.runs.log(principal, keyOf(params), query);
    return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), total };
  }

  @Route(endpoints.cancel)
  async cancel(@Input() { params }: InputOf<typeof endpoints.cancel>, @CallerOf() caller: Caller) {
    return runView(await this.commands.cancel(caller, keyOf(params)), caller.principal);
  }

  @Route(endpoints.checkNow)
  async checkNow(@Input() { params }: InputOf<typeof endpoints.checkNow>, @CallerOf() caller: Caller) {
    return runView(await this.commands.checkNow(caller, keyOf(params)), caller.principal);
  }

  @Route(endpoints.override)
  async override(@Input() { params, body }: InputOf<typeof endpoints.override>, @CallerOf() caller: Caller) {
    const run = await this.commands.override(caller, keyOf(params), body.reason);
    return runView(run, caller.principal);
  }

  @Route(endpoints.resolve)
  async resolve(@Input() { params, body }: InputOf<typeof endpoints.resolve>, @CallerOf() caller: Caller) {
    return runView(await this.commands.resolve(caller, keyOf(params), body), caller.principal);
  }
}
