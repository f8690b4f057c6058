import { Injectable } from '@nestjs/common';
import type { Role } from '@patchgate/domain';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Authenticator } from '../../platform/http/authenticator.js';
import type { Principal } from '../../platform/http/caller.js';
import { findApiTokenByToken, listLiveTokenOwners, touchApiToken } from './api-token.repository.js';
import { tokenPrefix } from './api-token.service.js';
import { hashToken } from './secret-token.js';
import { readSessionCookie } from './session-cookie.js';
import { findSessionByToken, listLiveOwners, touchSession } from './session.repository.js';

interface Owner {
  id: string;
  user_id: string;
  username: string;
  display_name: string;
  role: Role;
}

/** Asks the database on every request: an ended session must be ended everywhere at once (SEC-S1). */
@Injectable()
export class RequestAuthenticator extends Authenticator {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  async identify(request: FastifyRequest, isUse: boolean): Promise<Principal | null> {
    const { authorization } = request.headers;
    // A request that brings a token is judged by it alone, so that a stale token cannot ride on a cookie.
    if (authorization !== undefined) return this.byToken(authorization);
    const cookie = readSessionCookie(request);
    return cookie === undefined ? null : this.bySession(cookie, isUse);
  }

  async stillValid(credentials: readonly Principal['credential'][]): Promise<ReadonlyMap<string, Role>> {
    const now = this.clock.now();
    const idsOf = (wanted: Principal['credential']['kind']) =>
      credentials.filter(({ kind }) => kind === wanted).map(({ id }) => id);
    const db = this.dataSource.manager;
    const [sessions, tokens] = [idsOf('session'), idsOf('api_token')];
    const owners = await Promise.all([
      sessions.length > 0 ? listLiveOwners(db, sessions, now) : [],
      tokens.length > 0 ? listLiveTokenOwners(db, tokens, now) : [],
    ]);
    return new Map(owners.flat().map(({ id, role }) => [id, role]));
  }

  private async byToken(authorization: string): Promise<Principal | null> {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (!token?.startsWith(tokenPrefix)) return null;
    const now = this.clock.now();
    const owner = await findApiTokenByToken(this.dataSource.manager, hashToken(token), now);
    if (!owner) return null;
    if (isDue(owner.last_used_at, now)) await touchApiToken(this.dataSource.manager, owner.id, now);
    return toPrincipal(owner, 'api_token');
  }

  private async bySession(cookie: string, isUse: boolean): Promise<Principal | null> {
    const now = this.clock.now();
    const owner = await findSessionByToken(this.dataSource.manager, hashToken(cookie), now);
    if (!owner) return null;
    if (isUse && isDue(owner.last_used_at, now)) await touchSession(this.dataSource.manager, owner.id, now);
    return toPrincipal(owner, 'session');
  }
}

const isDue = (lastUsedAt: Date | null, now: Date): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > 60_000;

const toPrincipal = (owner: Owner, kind: 'session' | 'api_token'): Principal => ({
  userId: owner.user_id,
  username: owner.username,
  displayName: owner.display_name,
  role: owner.role,
  credential: { kind, id: owner.id },
});
