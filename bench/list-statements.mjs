// The statements that the api itself makes for a request, taken from its own code so that they cannot drift apart.
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const features = path.join(root, 'apps/server/dist/features');

/** @typedef {{ text: string, values: unknown[] }} Statement */

/**
 * @param {string} requestPath of a list of hosts
 * @param {import('./people.mjs').Person} person who asks
 * @returns {Promise<Statement[]>} who it is, the page, the total
 */
export async function listStatements(requestPath, { cookie, viewer }) {
  const { HostService } = await import(path.join(features, 'hosts/host.service.js'));
  const { findSessionByToken } = await import(path.join(features, 'accounts/session.repository.js'));
  const { hashToken } = await import(path.join(features, 'accounts/secret-token.js'));
  const { hostEndpoints } = await import(path.join(root, 'packages/contracts/dist/index.js'));
  /** @type {Statement[]} */
  const statements = [];
  const queryRunner = {
    query: (/** @type {string} */ text, /** @type {unknown[]} */ values) => {
      statements.push({ text, values: values.map(sendable) });
      return Promise.resolve({ records: [] });
    },
  };
  const clock = { now: () => new Date() };
  await findSessionByToken({ queryRunner }, hashToken(cookie.split('=')[1]), clock.now());
  const service = new HostService({ manager: { queryRunner } }, undefined, clock, undefined);
  const query = Object.fromEntries(new URL(requestPath, 'http://x').searchParams);
  await service.list(viewer, hostEndpoints.list.query.parse(query));
  return statements;
}

/** As PostgreSQL reads bytes in text (section 8.4.1 of its manual): the statements travel to another process as JSON. */
const sendable = (/** @type {unknown} */ value) =>
  value instanceof Buffer ? `\\x${value.toString('hex')}` : value;
