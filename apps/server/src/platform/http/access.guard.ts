import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Endpoint } from '@patchgate/contracts';
import { isAllowed } from '@patchgate/domain';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { CONFIG } from '../../config/config.token.js';
import { AppError } from '../app-error.js';
import { Authenticator } from './authenticator.js';
import type { Principal } from './caller.js';
import { endpointOf } from './route.js';
import { assertJson, assertNoPage, assertOwnPage } from './same-origin.js';

/**
 * Default deny (SEC-A1): runs for every handler after routing, HEAD like GET, and lets nobody in whom the contract does
 * not name.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const endpoint = endpointOf(context);
    if (!endpoint) throw new Error('a handler without a contract');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticator.identify(request, isUse(endpoint, request));
    request.caller = {
      principal,
      id: principal?.userId ?? null,
      name: principal?.username ?? 'nobody',
      sourceAddress: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    };
    assertMayCall(endpoint, principal);
    assertJson(request);
    // A token is no ambient credential: no page can make a browser send it.
    if (endpoint.agentsOnly) assertNoPage(request);
    else if (principal?.credential.kind !== 'api_token') assertOwnPage(request, this.config.publicUrl);
    return true;
  }
}

/**
 * Only a person keeps a session from being idle: not an open page that follows events, nor what it asks for because of
 * one, which it says of its own accord.
 */
const isUse = ({ mediaType }: Endpoint, { headers }: FastifyRequest): boolean =>
  mediaType !== 'text/event-stream' && headers['x-patchgate-unattended'] !== '1';

function assertMayCall(endpoint: Endpoint, principal: Principal | null): void {
  if (endpoint.access === 'public') return;
  if (!principal) throw new AppError('unauthenticated', 'Sign in first.');
  if (!isAllowed(principal.role, endpoint.access)) {
    throw new AppError('forbidden', `This needs the role ${endpoint.access}.`);
  }
  if (endpoint.sessionOnly && principal.credential.kind !== 'session') {
    throw new AppError('forbidden', 'This is done in a signed-in browser, not with an API token.');
  }
}
