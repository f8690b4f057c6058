import type { Role } from '@patchgate/domain';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './caller.js';

/** Finds out who sends a request; implemented where accounts are kept. */
export abstract class Authenticator {
  /**
   * @param isUse whether a person is behind it now, so that it keeps a session from being idle
   * @returns null without valid credentials
   */
  abstract identify(request: FastifyRequest, isUse: boolean): Promise<Principal | null>;

  /** Which of these credentials still let somebody in, each with its owner's role of now. */
  abstract stillValid(credentials: readonly Principal['credential'][]): Promise<ReadonlyMap<string, Role>>;
}
