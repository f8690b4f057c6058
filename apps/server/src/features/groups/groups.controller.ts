import { Controller } from '@nestjs/common';
import { groupEndpoints } from '@patchgate/contracts';
import type { GroupView, InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { GroupService } from './group.service.js';

type Group = Awaited<ReturnType<GroupService['get']>>;

@Controller()
export class GroupsController {
  constructor(private readonly groups: GroupService) {}

  @Route(groupEndpoints.list)
  async list(@Input() { query }: InputOf<typeof groupEndpoints.list>, @CallerOf() { principal }: Caller) {
    const { rows, nextCursor, total } = await this.groups.list(principal, query);
    return { items: rows.map(groupView), next_cursor: nextCursor, total };
  }

  @Route(groupEndpoints.create)
  async create(@Input() { body }: InputOf<typeof groupEndpoints.create>, @CallerOf() caller: Caller) {
    return groupView(await this.groups.create(caller, body));
  }

  @Route(groupEndpoints.get)
  async get(@Input() { params }: InputOf<typeof groupEndpoints.get>, @CallerOf() { principal }: Caller) {
    return groupView(await this.groups.get(principal, params.id));
  }

  @Route(groupEndpoints.update)
  async update(@Input() { params, body }: InputOf<typeof groupEndpoints.update>, @CallerOf() caller: Caller) {
    return groupView(await this.groups.update(caller, params.id, body));
  }

  @Route(groupEndpoints.remove)
  async remove(@Input() { params }: InputOf<typeof groupEndpoints.remove>, @CallerOf() caller: Caller) {
    await this.groups.remove(caller, params.id);
    return undefined;
  }

  @Route(groupEndpoints.listUsers)
  async listUsers(
    @Input() { params }: InputOf<typeof groupEndpoints.listUsers>,
    @CallerOf() { principal }: Caller,
  ) {
    const items = await this.groups.members(principal, params.id);
    return { items, next_cursor: null, total: items.length };
  }

  @Route(groupEndpoints.addUser)
  async addUser(@Input() { params }: InputOf<typeof groupEndpoints.addUser>, @CallerOf() caller: Caller) {
    return groupView(await this.groups.addUser(caller, params.id, params.user_id));
  }

  @Route(groupEndpoints.removeUser)
  async removeUser(
    @Input() { params }: InputOf<typeof groupEndpoints.removeUser>,
    @CallerOf() caller: Caller,
  ) {
    await this.groups.removeUser(caller, params.id, params.user_id);
    return undefined;
  }

  @Route(groupEndpoints.addHosts)
  async addHosts(
    @Input() { params, body }: InputOf<typeof groupEndpoints.addHosts>,
    @CallerOf() caller: Caller,
  ) {
    return groupView(await this.groups.addHosts(caller, params.id, body.host_ids));
  }

  @Route(groupEndpoints.addHost)
  async addHost(@Input() { params }: InputOf<typeof groupEndpoints.addHost>, @CallerOf() caller: Caller) {
    return groupView(await this.groups.addHosts(caller, params.id, [params.host_id]));
  }

  @Route(groupEndpoints.removeHost)
  async removeHost(
    @Input() { params }: InputOf<typeof groupEndpoints.removeHost>,
    @CallerOf() caller: Caller,
  ) {
    await this.groups.removeHost(caller, params.id, params.host_id);
    return undefined;
  }
}

const groupView = (row: Group): GroupView => ({ ...row, created_at: row.created_at.toISOString() });
