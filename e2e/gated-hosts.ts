import { healthCheckEndpoints, hostEndpoints, pkiEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { startAgents } from '../tests/simulated-agents.js';
import type { SimulatedAgents } from '../tests/simulated-agents.js';
import { Api } from './api.js';
import { expect } from './own-server.fixture.js';

/** What an administrator does outside the browser, as the person who is signed in on a page. */
export async function apiOf(page: Page, address: string): Promise<Api> {
  const answer = await page.request.post(`${address}/api/v1/api-tokens`, {
    headers: { 'x-patchgate-request': '1' },
    data: { name: 'lays out hosts', expires_in_days: 1 },
  });
  const { token } = (await answer.json()) as { token: string };
  return new Api(address, token);
}

const pending = {
  ...{ name: 'openssl', current_version: '3.0.17-1', available_version: '3.0.18-1' },
  ...{ security: true, requires_reboot: false },
};

/** A host whose agent is simulated, over real mutual TLS, with a ledger of what was done there. */
export interface GatedHost {
  readonly id: string;
  readonly name: string;
  readonly fleet: SimulatedAgents;
  readonly script: (changes: object) => Promise<unknown>;
  readonly addHttpCheck: (name: string, url: string, expected: string) => Promise<void>;
  readonly addServiceCheck: (service: string) => Promise<void>;
}

/** What a host is ordered for must have been heard of. */
export async function heardOf(api: Api, hosts: readonly GatedHost[]): Promise<void> {
  for (const { id } of hosts) {
    const status = async () => (await api.call(hostEndpoints.get, { params: { id } })).agent_status;
    await expect.poll(status, { timeout: 60_000 }).toBe('connected');
  }
}

/** @param address of loopback; no two hosts of one server have the same */
export async function gatedHost(
  api: Api,
  name: string,
  address: string,
  script: object = {},
): Promise<GatedHost> {
  const { id, fqdn } = await api.host(`${name}.example.org`, address);
  const bundle = await api.call(pkiEndpoints.issueBundle, { params: { id } });
  const pair = { cert: bundle.server_crt, key: bundle.server_key };
  const behaviour = { patches: [pending], run_ms: 300, ...script };
  const agent = { host_id: id, hostname: fqdn, address, pair, script: behaviour };
  const fleet = await startAgents([agent], bundle.ca_crt);
  await api.call(hostEndpoints.update, { params: { id }, body: { agent_port: fleet.portOf(id) } });
  await api.call(hostEndpoints.refresh, { params: { id } });
  const addCheck = async (
    body: Parameters<typeof api.call<typeof healthCheckEndpoints.create>>[1]['body'],
  ) => {
    await api.call(healthCheckEndpoints.create, { params: { id }, body });
  };
  return {
    ...{ id, name, fleet },
    script: (changes) => fleet.command({ command: 'script', host_id: id, script: changes }),
    addHttpCheck: (check, url, expected_body) =>
      addCheck({ name: check, check_type: 'http', url, expected_body }),
    addServiceCheck: (service) => addCheck({ name: service, check_type: 'service', service_name: service }),
  };
}

/** What the ledger says was begun on a host's packages. */
export const transactionsOf = ({ id, fleet }: GatedHost): number =>
  fleet.deeds().filter(({ host_id, deed }) => host_id === id && deed === 'transaction_started').length;
