import { Controller } from '@nestjs/common';
import { hostEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { hostView } from '../hosts/host.views.js';
import { AgentService } from './agent.service.js';

@Controller()
export class AgentsController {
  constructor(private readonly agents: AgentService) {}

  @Route(hostEndpoints.patches)
  async patches(
    @Input() { params, query }: InputOf<typeof hostEndpoints.patches>,
    @CallerOf() { principal }: Caller,
  ) {
    const { rows, nextCursor, total } = await this.agents.patches(principal, params.id, query);
    return { items: rows.map(({ rank: _order, ...patch }) => patch), next_cursor: nextCursor, total };
  }

  @Route(hostEndpoints.refresh)
  async refresh(@Input() { params }: InputOf<typeof hostEndpoints.refresh>, @CallerOf() caller: Caller) {
    return hostView(await this.agents.refresh(caller, params.id));
  }
}
