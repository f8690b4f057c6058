import { Controller } from '@nestjs/common';
import { overviewEndpoints } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { OverviewService } from './overview.service.js';

@Controller()
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Route(overviewEndpoints.get)
  get(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    return this.overview.get(principal);
  }
}
