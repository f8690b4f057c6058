import { Controller } from '@nestjs/common';
import { hostEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { HostService } from './host.service.js';
import { hostView } from './host.views.js';

@Controller()
export class HostsController {
  constructor(private readonly hosts: HostService) {}

  @Route(hostEndpoints.list)
  async list(@Input() { query }: InputOf<typeof hostEndpoints.list>, @CallerOf() { principal }: Caller) {
    const { rows, nextCursor, total } = await this.hosts.list(principal, query);
    return { items: rows.map(hostView), next_cursor: nextCursor, total };
  }

  @Route(hostEndpoints.create)
  async create(@Input() { body }: InputOf<typeof hostEndpoints.create>, @CallerOf() caller: Caller) {
    return hostView(await this.hosts.create(caller, body));
  }

  @Route(hostEndpoints.get)
  async get(@Input() { params }: InputOf<typeof hostEndpoints.get>, @CallerOf() { principal }: Caller) {
    return hostView(await this.hosts.get(principal, params.id));
  }

  @Route(hostEndpoints.update)
  async update(@Input() { params, body }: InputOf<typeof hostEndpoints.update>, @CallerOf() caller: Caller) {
    return hostView(await this.hosts.update(caller, params.id, body));
  }

  @Route(hostEndpoints.remove)
  async remove(@Input() { params }: InputOf<typeof hostEndpoints.remove>, @CallerOf() caller: Caller) {
    await this.hosts.remove(caller, params.id);
    return undefined;
  }
}
