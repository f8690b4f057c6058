import { Controller } from '@nestjs/common';
import { maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { Clock } from '../../platform/clock/clock.js';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { WindowService } from './window.service.js';
import { activityView, hostWindowsView, occurrenceView, windowView } from './window.views.js';

type Endpoints = typeof maintenanceWindowEndpoints;

@Controller()
export class WindowsController {
  constructor(
    private readonly windows: WindowService,
    private readonly clock: Clock,
  ) {}

  @Route(maintenanceWindowEndpoints.list)
  async list(@Input() { query }: InputOf<Endpoints['list']>, @CallerOf() { principal }: Caller) {
    const { from, to, ...rest } = query;
    const span = from === undefined || to === undefined ? null : { from, to };
    const { rows, nextCursor, total } = await this.windows.list(principal, rest);
    const now = this.clock.now();
    return { items: rows.map((row) => windowView(row, now, span)), next_cursor: nextCursor, total };
  }

  @Route(maintenanceWindowEndpoints.create)
  async create(@Input() { body }: InputOf<Endpoints['create']>, @CallerOf() caller: Caller) {
    return windowView(await this.windows.create(caller, body), this.clock.now());
  }

  @Route(maintenanceWindowEndpoints.preview)
  preview(@Input() { body }: InputOf<Endpoints['preview']>) {
    const { coming, skipped } = this.windows.preview(body);
    return Promise.resolve({ occurrences: coming.map(occurrenceView), skipped_months: skipped });
  }

  @Route(maintenanceWindowEndpoints.activity)
  async activity(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    return { items: (await this.windows.activity(principal)).map(activityView) };
  }

  @Route(maintenanceWindowEndpoints.get)
  async get(@Input() { params }: InputOf<Endpoints['get']>, @CallerOf() { principal }: Caller) {
    return windowView(await this.windows.get(principal, params.id), this.clock.now());
  }

  @Route(maintenanceWindowEndpoints.update)
  async update(@Input() { params, body }: InputOf<Endpoints['update']>, @CallerOf() caller: Caller) {
    return windowView(await this.windows.update(caller, params.id, body), this.clock.now());
  }

  @Route(maintenanceWindowEndpoints.remove)
  async remove(@Input() { params }: InputOf<Endpoints['remove']>, @CallerOf() caller: Caller) {
    await this.windows.remove(caller, params.id);
    return undefined;
  }

  @Route(maintenanceWindowEndpoints.ofHost)
  async ofHost(@Input() { params }: InputOf<Endpoints['ofHost']>, @CallerOf() { principal }: Caller) {
    return hostWindowsView(await this.windows.ofHost(principal, params.id), this.clock.now());
  }
}
