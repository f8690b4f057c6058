import { Controller, Res } from '@nestjs/common';
import { sessionEndpoints } from '@patchgate/contracts';
import type { InputOf } from '@patchgate/contracts';
import type { FastifyReply } from 'fastify';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';
import type { NewSession } from './session.service.js';
import { currentSessionView, sessionView } from './session.views.js';
import { SetupService } from './setup.service.js';

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly setups: SetupService,
  ) {}

  @Route(sessionEndpoints.setupState)
  async setupState() {
    return { needed: await this.setups.isNeeded() };
  }

  @Route(sessionEndpoints.setup)
  async setup(
    @Input() { body }: InputOf<typeof sessionEndpoints.setup>,
    @CallerOf() caller: Caller<Principal | null>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return signedIn(reply, await this.setups.createFirstAdmin(caller, body));
  }

  @Route(sessionEndpoints.login)
  async login(
    @Input() { body }: InputOf<typeof sessionEndpoints.login>,
    @CallerOf() caller: Caller<Principal | null>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return signedIn(reply, await this.sessions.login(caller, body));
  }

  @Route(sessionEndpoints.logout)
  async logout(
    @Input() _input: unknown,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.sessions.end(caller, caller.principal.credential.id);
    clearSessionCookie(reply);
    return {};
  }

  @Route(sessionEndpoints.current)
  async current(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    return currentSessionView(principal, await this.sessions.current(principal));
  }

  @Route(sessionEndpoints.list)
  async list(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    const rows = await this.sessions.list(principal);
    return {
      items: rows.map((row) => sessionView(row, principal.credential.id)),
      next_cursor: null,
      total: rows.length,
    };
  }

  @Route(sessionEndpoints.end)
  async end(@Input() { params }: InputOf<typeof sessionEndpoints.end>, @CallerOf() caller: Caller) {
    await this.sessions.end(caller, params.id);
    return undefined;
  }

  @Route(sessionEndpoints.changePassword)
  async changePassword(
    @Input() { body }: InputOf<typeof sessionEndpoints.changePassword>,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return signedIn(reply, await this.sessions.changePassword(caller, body));
  }
}

function signedIn(reply: FastifyReply, { principal, session, token }: NewSession) {
  setSessionCookie(reply, token);
  return currentSessionView(principal, session);
}
