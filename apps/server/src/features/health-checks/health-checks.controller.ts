import { Controller, Inject } from '@nestjs/common';
import { healthCheckEndpoints as endpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { Clock } from '../../platform/clock/clock.js';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { CheckHistoryService } from './check-history.service.js';
import { CopyHealthChecksService } from './copy-health-checks.service.js';
import { HealthCheckService } from './health-check.service.js';
import { healthCheckView } from './health-check.views.js';
import type { CheckRow } from './health-check.row.js';
import { storedResultView } from './stored-result.views.js';
import { TestHealthCheckService } from './test-health-check.service.js';
import { testResultView } from './test-result.views.js';

const keyOf = ({ id, check_id }: { id: string; check_id: string }) => ({ hostId: id, checkId: check_id });

@Controller()
export class HealthChecksController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly copies: CopyHealthChecksService,
    private readonly tests: TestHealthCheckService,
    private readonly history: CheckHistoryService,
    private readonly recorder: ResultRecorder,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'pollIntervalMs' | 'checkTimeoutMs'>,
  ) {}

  @Route(endpoints.list)
  async list(@Input() { params }: InputOf<typeof endpoints.list>, @CallerOf() { principal }: Caller) {
    const rows = await this.checks.list(principal, params.id);
    return {
      items: rows.map((row) => this.view(row, principal)),
      next_cursor: null,
      total: rows.length,
      poll_interval_seconds: this.config.pollIntervalMs / 1000,
      check_timeout_ms: this.config.checkTimeoutMs,
    };
  }

  @Route(endpoints.create)
  async create(@Input() { params, body }: InputOf<typeof endpoints.create>, @CallerOf() caller: Caller) {
    return this.view(await this.checks.create(caller, params.id, body), caller.principal);
  }

  @Route(endpoints.update)
  async update(@Input() { params, body }: InputOf<typeof endpoints.update>, @CallerOf() caller: Caller) {
    return this.view(await this.checks.update(caller, keyOf(params), body), caller.principal);
  }

  @Route(endpoints.remove)
  async remove(@Input() { params }: InputOf<typeof endpoints.remove>, @CallerOf() caller: Caller) {
    await this.checks.remove(caller, keyOf(params));
    return undefined;
  }

  @Route(endpoints.test)
  async test(@Input() { params }: InputOf<typeof endpoints.test>, @CallerOf() caller: Caller) {
    return testResultView(await this.tests.testSaved(caller, keyOf(params)), caller.principal);
  }

  @Route(endpoints.testUnsaved)
  async testUnsaved(
    @Input() { params, body }: InputOf<typeof endpoints.testUnsaved>,
    @CallerOf() caller: Caller,
  ) {
    return testResultView(await this.tests.testUnsaved(caller, params.id, body), caller.principal);
  }

  @Route(endpoints.results)
  async results(
    @Input() { params, query }: InputOf<typeof endpoints.results>,
    @CallerOf() { principal }: Caller,
  ) {
    const { rows, nextCursor } = await this.history.results(principal, keyOf(params), query);
    return { items: rows.map((row) => storedResultView(row, principal)), next_cursor: nextCursor };
  }

  @Route(endpoints.copy)
  async copy(@Input() { params, body }: InputOf<typeof endpoints.copy>, @CallerOf() caller: Caller) {
    return this.copies.copy(caller, params.id, body.host_ids);
  }

  private view(row: CheckRow, viewer: Principal) {
    return healthCheckView(row, { viewer, now: this.clock.now(), freshMs: this.recorder.freshMs });
  }
}
