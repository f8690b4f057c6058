import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAgents } from '../../../../../tests/simulated-agents.js';
import type { SimulatedAgents } from '../../../../../tests/simulated-agents.js';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';

export interface FleetUnderTest {
  readonly api: TestApi;
  readonly fleet: SimulatedAgents;
  /** For the roles of this installation. */
  readonly settings: Record<string, string>;
  /** Adds a host with an agent that has its certificate from us. @returns its id */
  readonly addHost: (name: string, agent?: object) => Promise<string>;
  readonly script: (hostId: string, changes: object) => Promise<unknown>;
  readonly host: (hostId: string) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

let addresses = 0;

/** The api, and a fleet of simulated agents that it has enrolled. */
export async function startFleet(environment: Record<string, string> = {}): Promise<FleetUnderTest> {
  const settings = {
    PATCHGATE_DATA_DIR: path.join(mkdtempSync(path.join(tmpdir(), 'patchgate-fleet-')), 'data'),
    PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
    ...environment,
  };
  const api = await startTestApi(settings);
  const fleet = await startAgents([{ host_id: 'nobody' }]);
  return {
    ...{ api, fleet, settings },
    addHost: async (name, agent = {}) => {
      // An address each: two hosts never have one and the same agent.
      const at = { address: `127.0.2.${(addresses += 1)}` };
      const { id } = await api.admin.post('/hosts', { fqdn: name, ...at });
      const hostId = id as string;
      const {
        server_crt: cert,
        server_key: key,
        ca_crt,
      } = await api.admin.post(`/hosts/${hostId}/certificate`, {});
      const simulated = { host_id: hostId, hostname: name, ...at, pair: { cert, key }, ...agent };
      await fleet.command({ command: 'start', agents: [simulated], manager_authority: ca_crt });
      await api.admin.ok(`/hosts/${hostId}`, { method: 'PATCH', body: { agent_port: fleet.portOf(hostId) } });
      return hostId;
    },
    script: (hostId, changes) => fleet.command({ command: 'script', host_id: hostId, script: changes }),
    host: (hostId) => api.admin.ok(`/hosts/${hostId}`),
    close: async () => {
      fleet.stop();
      await api.close();
    },
  };
}
