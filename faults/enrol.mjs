// Hosts with an agent and a check each, made as a person makes them.

/**
 * @typedef {object} EnrolledHost
 * @property {string} id
 * @property {'ours' | 'public'} dialect
 * @property {string} address where the manager finds its agent
 * @property {string} agentAddress where the agent listens; another one when there is a proxy between them
 */

/** Until it is known where the agents listen. */
const somePort = 12_443;
/** How many are made at once: a certificate is mostly waiting for the database. */
const atOnce = 8;

/**
 * @param {import('./api-client.mjs').ApiClient} api
 * @param {{ count: number, publicEvery: number, isProxied: boolean, checkUrl: string }} wanted every how
 *   many hosts one has an agent that knows no runs; 0 is never
 */
export async function enrol(api, { count, publicEvery, isProxied, checkUrl }) {
  /** @type {EnrolledHost[]} */
  const hosts = [];
  /** @type {object[]} */
  const agents = [];
  let authority = '';
  let next = 0;
  const makeSome = async () => {
    for (let n = next++; n < count; n = next++) {
      const at = `${Math.floor(n / 250)}.${(n % 250) + 1}`;
      const [address, agentAddress] = [`127.4.${at}`, isProxied ? `127.5.${at}` : `127.4.${at}`];
      const dialect = publicEvery > 0 && n % publicEvery === 0 ? 'public' : 'ours';
      const fqdn = `host-${n}.example.org`;
      const { id } = await api.ok('POST', '/hosts', { fqdn, address, agent_port: somePort });
      const { server_crt, server_key, ca_crt } = await api.ok('POST', `/hosts/${id}/certificate`);
      const check = { name: 'page', check_type: 'http', url: checkUrl, expected_body: 'ready' };
      await api.ok('POST', `/hosts/${id}/health-checks`, check);
      authority = ca_crt;
      hosts.push({ id, dialect, address, agentAddress });
      const pair = { cert: server_crt, key: server_key };
      agents.push({ host_id: id, hostname: fqdn, address: agentAddress, dialect, pair });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, makeSome));
  return { hosts, agents, authority };
}
