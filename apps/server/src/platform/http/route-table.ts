import type { Endpoint } from '@patchgate/contracts';
import type { FastifyInstance } from 'fastify';

const apiPrefix = '/api/v1';

type Areas = Record<string, Record<string, Endpoint>>;

/**
 * Compares the live routes with the contracts, both ways: a handler without a contract has no policy, and a contract
 * without a handler is a promise not kept.
 *
 * @returns a function to call when all routes are there; it throws and so refuses the start (SEC-A1)
 */
export function watchRoutes(fastify: FastifyInstance, areas: Areas): () => string[] {
  const live = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    // HEAD comes with each GET, through the same handler and guard.
    for (const verb of [method].flat())
      if (verb !== 'HEAD' && url.startsWith(apiPrefix)) live.add(`${verb} ${url}`);
  });
  const promised = new Set(
    Object.values(areas).flatMap((area) =>
      Object.values(area).map(({ method, path }) => `${method} ${apiPrefix}${path}`),
    ),
  );
  return () => {
    const wrong = [
      ...[...live].filter((route) => !promised.has(route)).map((route) => `${route} has no contract`),
      ...[...promised].filter((route) => !live.has(route)).map((route) => `${route} has no handler`),
    ];
    if (wrong.length > 0) throw new Error(`the routes and the contracts differ: ${wrong.join('; ')}`);
    return [...live];
  };
}
