import { Controller } from '@nestjs/common';
import { demoEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { DemoService } from './demo.service.js';

@Controller()
export class DemoController {
  constructor(private readonly demo: DemoService) {}

  @Route(demoEndpoints.faults)
  async faults(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    return { items: await this.demo.faults(principal) };
  }

  @Route(demoEndpoints.repair)
  async repair(@Input() { params }: InputOf<typeof demoEndpoints.repair>, @CallerOf() { principal }: Caller) {
    await this.demo.repair(principal, params.id);
    return {};
  }
}
