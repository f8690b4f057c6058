// Who asks: an administrator, who sees all, and an operator, whose every statement carries his scope.
import { admin } from './patchgate.mjs';

/** @typedef {{ cookie: string, viewer: { userId: string, role: string } }} Person */

/**
 * @param {string} url
 * @param {{ username: string, password: string }} credentials
 * @returns {Promise<Person>}
 */
export async function signIn(url, credentials) {
  const reply = await send(url, 'POST', '/auth/login', '', credentials);
  const { user } = /** @type {any} */ (await reply.json());
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, viewer: { userId: user.id, role: user.role } };
}

/**
 * @param {string} url
 * @param {Person} boss
 * @param {readonly string[]} groups that the operator is in
 */
export async function signInOperator(url, { cookie }, groups) {
  const credentials = { username: 'operator', password: `${admin.password} again` };
  const body = { ...credentials, display_name: 'Operator', role: 'operator' };
  const created = await send(url, 'POST', '/users', cookie, body);
  const { id } = /** @type {any} */ (await created.json());
  for (const group of groups) await send(url, 'PUT', `/groups/${group}/users/${id}`, cookie);
  return signIn(url, credentials);
}

/**
 * One request as a page would send it; anything but a success is an error.
 *
 * @param {string} url
 * @param {string} method
 * @param {string} path
 * @param {string} cookie
 * @param {object} [body]
 */
export async function send(url, method, path, cookie, body) {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { cookie, 'x-patchgate-request': '1', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}
