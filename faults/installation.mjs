// A whole Patchgate that is there to be hurt: PostgreSQL, api, simulated hosts; workers come and go on top of it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { signIn } from './api-client.mjs';
import { startChaosProxies, startChaosProxy } from './chaos-proxy.mjs';
import { enrol } from './enrol.mjs';
import { startFleet, startTargets } from './fleet.mjs';
import { startPostgres } from './postgres.mjs';
import { roleEnvironment, startApi } from './roles.mjs';

/** @typedef {Awaited<ReturnType<typeof openInstallation>>} Installation */

/**
 * @param {object} wanted
 * @param {number} wanted.hosts
 * @param {number} [wanted.publicEvery] every how many hosts one has an agent that knows no runs; 0 is never
 * @param {boolean} [wanted.isProxied] between workers and what they talk to there are proxies that may turn bad
 * @param {Record<string, string>} [wanted.settings]
 */
export async function openInstallation({ hosts: count, publicEvery = 0, isProxied = false, settings = {} }) {
  process.umask(0o022);
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-faults-'));
  // PostgreSQL runs as another user when root starts it.
  chmodSync(directory, 0o711);
  /** @type {(() => unknown)[]} */
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const step of closing.toReversed()) await step();
  };
  try {
    const data = path.join(directory, 'data');
    const postgres = await startPostgres(data);
    closing.push(() => postgres.stop());
    const api = await startApi(roleEnvironment(data, postgres.appUrl, settings));
    closing.push(async () => {
      api.child.kill('SIGKILL');
      await api.child.ended;
    });
    const client = await signIn(api.origin);
    const targets = await startTargets();
    closing.push(targets.stop);
    const wanted = { count, publicEvery, isProxied, checkUrl: targets.urls.good };
    const { hosts, agents, authority } = await enrol(client, wanted);
    const fleet = await startFleet(path.join(directory, 'ledger.jsonl'), agents, authority);
    closing.push(fleet.stop);
    const proxies = isProxied ? await startProxies(hosts, fleet.portOf, postgres.appUrl) : null;
    closing.push(() => proxies?.close());
    const database = new pg.Pool({ connectionString: postgres.superuserUrl, max: 4 });
    // A connection that breaks while nobody uses it is replaced.
    database.on('error', () => undefined);
    closing.push(() => database.end());
    const ports = proxies?.toAgents.map(({ port }) => port) ?? hosts.map(({ id }) => fleet.portOf(id));
    await database.query(agentsListen, [hosts.map(({ id }) => id), ports]);
    return {
      ...{ hosts, fleet, postgres, api: client, targets, proxies },
      apiProcess: api.child,
      workerEnvironment: roleEnvironment(data, proxies?.databaseUrl ?? postgres.appUrl, settings),
      /**
       * For looking, never for judging what happened on a host.
       *
       * @param {string} text
       * @param {readonly unknown[]} [values]
       * @returns {Promise<any[]>}
       */
      rows: async (text, values = []) => (await database.query(text, [...values])).rows,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Written here, because a person who moves a host is asked about it one by one. */
const agentsListen = `UPDATE hosts SET agent_port = port FROM unnest($1::uuid[], $2::int[]) AS t (host_id, port)
  WHERE id = host_id`;

/**
 * @param {readonly import('./enrol.mjs').EnrolledHost[]} hosts
 * @param {(hostId: string) => number} portOf
 * @param {string} appUrl
 */
async function startProxies(hosts, portOf, appUrl) {
  const url = new URL(appUrl);
  const toDatabase = await startChaosProxy({
    listen: { host: '127.0.0.1', port: 0 },
    target: { host: url.hostname, port: Number(url.port) },
  });
  const toAgents = await startChaosProxies(
    hosts.map(({ id, address, agentAddress }) => ({
      listen: { host: address, port: 0 },
      target: { host: agentAddress, port: portOf(id) },
    })),
  );
  return {
    toDatabase,
    toAgents,
    databaseUrl: Object.assign(url, { port: String(toDatabase.port) }).href,
    calm: () => {
      for (const proxy of [toDatabase, ...toAgents]) proxy.turn(null);
    },
    close: () => {
      for (const proxy of [toDatabase, ...toAgents]) proxy.close();
    },
  };
}
