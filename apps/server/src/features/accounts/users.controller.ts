import { Controller } from '@nestjs/common';
import { userEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { UserService } from './user.service.js';
import { userView } from './user.views.js';

@Controller()
export class UsersController {
  constructor(private readonly users: UserService) {}

  @Route(userEndpoints.list)
  async list(@Input() { query }: InputOf<typeof userEndpoints.list>) {
    const { rows, nextCursor, total } = await this.users.list(query);
    return { items: rows.map(userView), next_cursor: nextCursor, total };
  }

  @Route(userEndpoints.create)
  async create(@Input() { body }: InputOf<typeof userEndpoints.create>, @CallerOf() caller: Caller) {
    return userView(await this.users.create(caller, body));
  }

  @Route(userEndpoints.get)
  async get(@Input() { params }: InputOf<typeof userEndpoints.get>) {
    return userView(await this.users.get(params.id));
  }

  @Route(userEndpoints.update)
  async update(@Input() { params, body }: InputOf<typeof userEndpoints.update>, @CallerOf() caller: Caller) {
    return userView(await this.users.update(caller, params.id, body));
  }

  @Route(userEndpoints.resetPassword)
  async resetPassword(
    @Input() { params, body }: InputOf<typeof userEndpoints.resetPassword>,
    @CallerOf() caller: Caller,
  ) {
    return userView(await this.users.resetPassword(caller, params.id, body.password));
  }

  @Route(userEndpoints.remove)
  async remove(@Input() { params }: InputOf<typeof userEndpoints.remove>, @CallerOf() caller: Caller) {
    await this.users.remove(caller, params.id);
    return undefined;
  }
}
