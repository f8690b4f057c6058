import type { FastifyRequest } from 'fastify';
import type { Principal } from './caller.js';

/** Finds out who sends a request; implemented where accounts are kept. */
export abstract class Authenticator {
  /** @returns null without valid credentials */
  abstract identify(request: FastifyRequest): Promise<Principal | null>;
}
