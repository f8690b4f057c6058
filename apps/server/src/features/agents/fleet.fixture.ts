import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataSource } from 'typeorm';
import { DataSource as Connection } from 'typeorm';
import { vi } from 'vitest';
import { startAgents } from '../../../../../tests/simulated-agents.js';
import type { SimulatedAgents } from '../../../../../tests/simulated-agents.js';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { AgentService } from './agent.service.js';
import { AgentTrust } from './agent-trust.js';

const preload = pathToFileURL(path.join(import.meta.dirname, 'fleet-trust.fixture.mjs')).href;

export interface FleetUnderTest {
  readonly api: TestApi;
  readonly fleet: SimulatedAgents;
  /** For the roles of this installation. */
  readonly settings: Record<string, string>;
  /** Adds a host with an agent. @returns its id */
  readonly addHost: (name: string, agent?: object) => Promise<string>;
  readonly script: (hostId: string, changes: object) => Promise<unknown>;
  readonly host: (hostId: string) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

/** The api, and a fleet of simulated agents whose manager it is. */
export async function startFleet(environment: Record<string, string> = {}): Promise<FleetUnderTest> {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-fleet-'));
  const shared = {
    PATCHGATE_DATA_DIR: path.join(directory, 'data'),
    PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
    ...environment,
  };
  const api = await startTestApi(shared);
  const fleet = await startAgents([{ host_id: 'nobody' }]);
  const trust = { authorities: [fleet.authority], ...fleet.manager };
  const trustFile = path.join(directory, 'trust.json');
  writeFileSync(trustFile, JSON.stringify(trust));
  vi.spyOn(api.app.get(AgentTrust), 'current').mockResolvedValue(trust);
  const { manager }: DataSource = api.app.get(Connection);
  let address = 1;
  return {
    ...{ api, fleet },
    settings: { ...shared, NODE_OPTIONS: `--import ${preload}`, PATCHGATE_TEST_TRUST: trustFile },
    addHost: async (name, agent = {}) => {
      // An address each: two hosts never have one and the same agent.
      const at = { address: `127.0.2.${(address += 1)}` };
      const { id } = await api.admin.post('/hosts', { fqdn: name, ...at });
      const hostId = id as string;
      await fleet.command({
        command: 'start',
        agents: [{ host_id: hostId, hostname: name, ...at, ...agent }],
      });
      await api.admin.ok(`/hosts/${hostId}`, { method: 'PATCH', body: { agent_port: fleet.portOf(hostId) } });
      await api.app.get(AgentService).expect(manager, hostId);
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
