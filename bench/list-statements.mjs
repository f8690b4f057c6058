// The statements that the api itself makes for a request, taken from its own code so that they cannot drift apart.
import path from 'node:path';

const hosts = path.resolve(import.meta.dirname, '../apps/server/dist/features/hosts');

/** @typedef {{ text: string, values: unknown[] }} Statement */

/**
 * @param {string} requestPath of a list of hosts
 * @param {{ userId: string, role: string }} viewer
 * @returns {Promise<Statement[]>} the page and the total
 */
export async function listStatements(requestPath, viewer) {
  const { HostService } = await import(path.join(hosts, 'host.service.js'));
  const { hostEndpoints } = await import(
    path.resolve(import.meta.dirname, '../packages/contracts/dist/index.js')
  );
  /** @type {Statement[]} */
  const statements = [];
  const queryRunner = {
    query: (/** @type {string} */ text, /** @type {unknown[]} */ values) => {
      statements.push({ text, values });
      return Promise.resolve({ records: [] });
    },
  };
  const clock = { now: () => new Date() };
  const service = new HostService({ manager: { queryRunner } }, undefined, clock, undefined);
  const query = Object.fromEntries(new URL(requestPath, 'http://x').searchParams);
  await service.list(viewer, hostEndpoints.list.query.parse(query));
  return statements;
}
