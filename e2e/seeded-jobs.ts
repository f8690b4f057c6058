import type { HostView } from '@patchgate/contracts';
import { seedJob } from '../apps/server/src/features/runs/seed-runs.fixture.js';
import type { SeededJob } from '../apps/server/src/features/runs/seed-runs.fixture.js';
import type { Client } from 'pg';
import type { Api } from './api.js';
import { fleetHost } from './fleet-hosts.js';
import { connectAsWorker } from './worker-database.js';

type JobSeed = Parameters<typeof seedJob>[1];
export type SeededStates = JobSeed['runs'][number]['state'][];

/** What is done with the database of the server, in the role of its worker. */
export async function asWorker<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectAsWorker(process.env.PATCHGATE_E2E_DATA_DIR ?? '');
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface LaidOutJob extends SeededJob {
  /** The first name of the host of each run, in the order of the roll-out. */
  hosts: string[];
}

/**
 * A job whose hosts are in the states wanted, as the worker would have left it. Its deadline takes the place of windows,
 * which these hosts have none of.
 */
export async function layOutJob(
  api: Api,
  name: string,
  states: SeededStates,
  rest: Partial<JobSeed> = {},
): Promise<LaidOutJob> {
  const hosts: (HostView & { state: SeededStates[number] })[] = [];
  for (const state of states) hosts.push({ ...(await fleetHost(api)), state });
  const job = await asWorker(async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM users WHERE username = 'anna'`);
    const runs = hosts.map(({ id, state }) => ({ hostId: id, state }));
    const createdBy = rows[0]?.id ?? '';
    return seedJob(client, { createdBy, now: new Date(), name, schedule: 'now', runs, ...rest });
  });
  return { ...job, hosts: hosts.map(({ fqdn }) => fqdn.split('.')[0] ?? fqdn) };
}
