import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Role } from '@patchgate/domain';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../database/audit-chain.js';

/** The signed-in person behind a request, with the credential it came with. */
export interface Principal {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly credential: { readonly kind: 'session' | 'api_token'; readonly id: string };
}

/** Who calls and from where; `principal` is null on public routes without credentials. */
export interface Caller<P extends Principal | null = Principal> extends Actor {
  readonly principal: P;
  readonly userAgent: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller<Principal | null>;
  }
}

/** Injects the caller the access guard has let in. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new Error('a route without the access guard');
  return caller;
});
